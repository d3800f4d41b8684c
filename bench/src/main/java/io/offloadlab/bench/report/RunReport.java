package io.offloadlab.bench.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SequenceWriter;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import io.offloadlab.failure.RunFailure;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/**
 * Writes a run's files. Each is written beside its place and moved there whole, so an interrupted
 * run leaves no half-written file.
 */
public final class RunReport {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
  private static final CsvMapper CSV = new CsvMapper();

  private final Path folder;

  /**
   * @param folder where the files go; made when it does not exist
   * @throws RunFailure if it cannot be made or written to
   */
  public RunReport(Path folder) {
    this.folder = folder;
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new RunFailure(
          "output folder '%s' cannot be made (%s): name another with --out".formatted(folder, e),
          e);
    }
    if (!Files.isWritable(folder)) {
      throw new RunFailure(
          "output folder '%s' is not writable: name another with --out".formatted(folder));
    }
  }

  /**
   * Writes {@code summary.csv}, {@code tasks.csv}, {@code run.json} and {@code report.html}, and
   * {@code validation.csv} where there is something to compare.
   *
   * @param run what is needed to run it again
   * @param results what came out; some of the records or all of them
   * @param summary over all records, in the order of the results
   * @param validation the same streams simulated; may be empty
   * @throws RunFailure if a file cannot be written
   */
  public void write(
      RunDescription run,
      List<StrategyResult> results,
      List<SummaryRow> summary,
      List<ValidationRow> validation) {
    if (!validation.isEmpty()) {
      whole("validation.csv", out -> csv(out, ValidationRow.class, validation));
    }
    whole("summary.csv", out -> csv(out, SummaryRow.class, summary));
    whole(
        "tasks.csv",
        out ->
            csv(
                out,
                TaskRow.class,
                results.stream()
                    .flatMap(r -> r.records().stream().map(t -> TaskRow.of(r.strategy(), t)))
                    .toList()));
    whole("run.json", out -> JSON.writeValue(out, run.withResults(results, summary)));
    whole("report.html", out -> HtmlReport.render(out, run, results, summary, validation));
  }

  private static <T> void csv(Writer out, Class<T> type, List<T> rows) throws IOException {
    CsvSchema schema = CSV.schemaFor(type).withHeader();
    try (SequenceWriter writer = CSV.writer(schema).writeValues(out)) {
      writer.writeAll(rows);
    }
  }

  private void whole(String name, Content content) {
    Path target = folder.resolve(name);
    Path partial = folder.resolve("." + name + ".partial");
    try {
      try (Writer out = Files.newBufferedWriter(partial)) {
        content.write(out);
      }
      Files.move(partial, target, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new RunFailure("'%s' cannot be written: %s".formatted(target, e.getMessage()), e);
    } finally {
      partial.toFile().delete();
    }
  }

  @FunctionalInterface
  private interface Content {
    void write(Writer out) throws IOException;
  }
}
