package io.offloadlab.bench.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.mustachejava.DefaultMustacheFactory;
import com.github.mustachejava.Mustache;
import io.offloadlab.bench.figure.ChartFile;
import io.offloadlab.bench.figure.Figure;
import io.offloadlab.bench.figure.Figures;
import io.offloadlab.bench.figure.Trace;
import io.offloadlab.bench.metric.TextTable;
import io.offloadlab.failure.RunFailure;
import io.offloadlab.files.Reasons;
import io.offloadlab.files.WholeFile;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;

/**
 * The figures and tables of earlier runs, drawn from their files; of several runs side by side.
 *
 * @param runs at least one
 */
public record RedrawnReport(List<RunFiles> runs) {
  private static final Mustache PAGE =
      new DefaultMustacheFactory("io/offloadlab/bench/report").compile("redrawn.mustache");

  /** Copies the list. */
  public RedrawnReport {
    runs = List.copyOf(runs);
  }

  private List<Figure> figures() {
    List<Trace> traces = new ArrayList<>();
    for (RunFiles run : runs) {
      traces.addAll(Traces.of(run, runs.size() == 1 ? "" : run.name() + ": "));
    }
    List<Figure> figures = new ArrayList<>(Figures.of(traces));
    if (runs.size() == 1) {
      figures.addAll(StreamTimes.figures(runs.get(0)));
    }
    return figures;
  }

  /**
   * Writes {@code report.html}, and each figure and table in every form.
   *
   * @param folder that takes them; made where it is missing
   * @param figureForms of figures
   * @param tableForms of tables
   * @throws RunFailure if a file cannot be written
   */
  public void write(
      Path folder, Collection<ChartFile> figureForms, Collection<TableFile> tableForms) {
    List<Figure> figures = figures();
    List<Breakdown> breakdowns = runs.stream().map(Breakdown::of).toList();
    Path file = folder.resolve("report.html");
    try {
      Files.createDirectories(folder);
      WholeFile.write(
          file,
          bytes -> {
            Writer out = new OutputStreamWriter(bytes, StandardCharsets.UTF_8);
            PAGE.execute(out, page(figures, breakdowns)).flush();
          });
      for (Figure figure : figures) {
        for (ChartFile form : figureForms) {
          file = folder.resolve(figure.id() + "." + form.suffix());
          WholeFile.write(file, out -> form.write(figure, out));
        }
      }
      for (int i = 0; i < runs.size(); i++) {
        String prefix = runs.size() == 1 ? "" : runs.get(i).name() + "-";
        for (Breakdown.Part table : breakdowns.get(i).tables()) {
          for (TableFile form : tableForms) {
            file = folder.resolve(prefix + table.name() + "." + form.suffix());
            WholeFile.write(
                file,
                bytes -> {
                  Writer out = new OutputStreamWriter(bytes, StandardCharsets.UTF_8);
                  form.write(table.sheet(), out);
                  out.flush();
                });
          }
        }
      }
    } catch (IOException e) {
      throw new RunFailure("'%s' cannot be written: %s".formatted(file, Reasons.of(e)), e);
    }
  }

  private Map<String, Object> page(List<Figure> figures, List<Breakdown> breakdowns) {
    Map<String, Object> page = new HashMap<>(HtmlReport.drawing(figures));
    page.put("title", runs.size() == 1 ? runs.get(0).name() : runs.size() + " runs");
    page.put(
        "runs",
        IntStream.range(0, runs.size())
            .mapToObj(i -> told(runs.get(i), breakdowns.get(i)))
            .toList());
    return page;
  }

  private static Map<String, Object> told(RunFiles run, Breakdown breakdown) {
    JsonNode d = run.run();
    Map<String, Object> told = new HashMap<>();
    told.put("name", run.name());
    told.put(
        "told",
        String.format(
            Locale.ROOT,
            "%s · %s on %s · scenario %s · %d tasks of %d · accuracy threshold %.2f%% · seed %d · %s · OffloadLab %s",
            d.path("started").asText(),
            d.path("model").asText(),
            d.path("dataset").asText(),
            d.at("/scenario/name").asText(),
            d.path("tasks").asInt(),
            d.at("/scenario/batch").asInt(),
            d.at("/scenario/accuracyThreshold").asDouble() * 100,
            d.at("/scenario/seed").asLong(),
            d.at("/machine/processor").asText(),
            d.path("version").asText()));
    told.put("table", table(run));
    told.put("breakdown", breakdown.tables());
    PublishedFigures.of(run).ifPresent(table -> told.put("published", table));
    told.put(
        "findings",
        StreamSupport.stream(d.path("strategies").spliterator(), false)
            .flatMap(
                s ->
                    StreamSupport.stream(s.path("findings").spliterator(), false)
                        .map(
                            f ->
                                s.at("/summary/strategy").asText()
                                    + ": "
                                    + f.path("text").asText()))
            .toList());
    told.put("command", String.join(" ", run.command()));
    return told;
  }

  /** The first table of {@code summary.md}, which is the one of results. */
  private static TextTable table(RunFiles run) {
    Path file = run.folder().resolve("summary.md");
    try {
      return MarkdownReport.read(Files.readString(file));
    } catch (IOException e) {
      throw new RunFailure("'%s' cannot be read: %s".formatted(file, Reasons.of(e)), e);
    }
  }
}
