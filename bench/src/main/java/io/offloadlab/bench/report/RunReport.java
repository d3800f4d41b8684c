package io.offloadlab.bench.report;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.offloadlab.bench.metric.Metrics;
import io.offloadlab.bench.metric.Results;
import io.offloadlab.bench.metric.Sheet;
import io.offloadlab.bench.metric.Shown;
import io.offloadlab.bench.metric.TaskRow;
import io.offloadlab.bench.metric.TextTable;
import io.offloadlab.bench.metric.ValidationRow;
import io.offloadlab.failure.RunFailure;
import io.offloadlab.files.Reasons;
import io.offloadlab.files.WholeFile;
import io.offloadlab.strategy.LinkChanges;
import io.offloadlab.strategy.Scenario;
import io.offloadlab.strategy.SystemView;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Writes a run's files. Each is written beside its place and moved there whole, so an interrupted
 * run leaves no half-written file.
 */
public final class RunReport {
  private static final ObjectMapper JSON =
      new ObjectMapper()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .addMixIn(Scenario.class, WithChangesAlone.class);

  /** Links that stay as they are have no changes to tell of. */
  private interface WithChangesAlone {
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    @SuppressWarnings("UnusedMethod") // Jackson reads what is said of it.
    List<LinkChanges> linkChanges();
  }

  private final Path folder;

  /**
   * @param folder where the files go; it exists
   */
  public RunReport(Path folder) {
    this.folder = folder;
  }

  /**
   * Writes {@code summary.csv}, {@code summary.md}, {@code summary.tex}, {@code tasks.csv}, {@code
   * run.json} and {@code report.html}, {@code validation.csv} where there is something to compare,
   * and {@code repeats.csv} where there are several.
   *
   * @param run what is needed to run it again
   * @param yardstick name of the strategy that the others are measured by
   * @param results what came out, at least one
   * @param times what components took
   * @param validation the same streams simulated; may be empty
   * @throws RunFailure if a file cannot be written
   */
  public void write(
      RunDescription run,
      String yardstick,
      List<StrategyResult> results,
      SystemView times,
      List<ValidationRow> validation) {
    Results sideBySide =
        StrategyResult.sideBySide(run.entries(), run.imageUse(), yardstick, results);
    Sheet<Results.Row> summary = sideBySide.sheet();
    Sheet<ValidationRow> simulated = new Sheet<>(Metrics.ofValidation(), validation);
    Sheet<TaskRow> tasks =
        new Sheet<>(Metrics.ofTasks(), results.stream().flatMap(r -> r.tasks().stream()).toList());
    TextTable values = sideBySide.shown(Shown.RESULTS);
    TextTable parts = sideBySide.shown(Shown.PARTS, Shown.TIMES);
    TextTable clocked = sideBySide.shown(Shown.PARTS, Shown.TIMES, Shown.CLOCK);
    Breakdown breakdown = Breakdown.of(results, times);
    Optional<TextTable> published =
        PublishedFigures.of(
            run.model(),
            run.dataset(),
            run.resolvedScenario().batch(),
            run.entries(),
            sideBySide.filed());
    if (!validation.isEmpty()) {
      whole("validation.csv", out -> CsvTables.write(out, simulated.values()));
    }
    whole("summary.csv", out -> CsvTables.write(out, summary.filed().values()));
    if (run.repeats() > 1) {
      List<Results> byRepeat =
          StrategyResult.sideBySideByRepeat(run.entries(), run.imageUse(), yardstick, results);
      List<Results.Row> rows = byRepeat.stream().flatMap(r -> r.sheet().rows().stream()).toList();
      Sheet<Results.Row> repeats = new Sheet<>(summary.columns(), rows);
      whole("repeats.csv", out -> CsvTables.write(out, repeats.filed().values()));
    }
    whole(
        "summary.md",
        out ->
            out.write(
                MarkdownReport.render(values)
                    + "\n"
                    + MarkdownReport.render(parts)
                    + "\n"
                    + published.map(table -> MarkdownReport.render(table) + "\n").orElse("")
                    + told(run)
                    + "\n"));
    whole(
        "summary.tex",
        out ->
            out.write(
                LatexReport.render(values)
                    + "\n"
                    + LatexReport.render(parts)
                    + published.map(table -> "\n" + LatexReport.render(table)).orElse("")
                    + "% "
                    + told(run)
                    + "\n"));
    whole(RunFolder.TASKS, out -> CsvTables.write(out, tasks.filed().values()));
    whole("run.json", out -> JSON.writeValue(out, run.withResults(results, sideBySide)));
    whole(
        "report.html",
        out ->
            new HtmlReport(run, results, values, clocked, breakdown, published, simulated.text())
                .render(out));
  }

  /** What a table says nothing without. */
  private static String told(RunDescription run) {
    return "Accuracy: %s.".formatted(run.imageUse().told());
  }

  private void whole(String name, Content content) {
    Path file = folder.resolve(name);
    try {
      WholeFile.write(
          file,
          bytes -> {
            try (Writer out = new OutputStreamWriter(bytes, StandardCharsets.UTF_8)) {
              content.write(out);
            }
          });
    } catch (IOException e) {
      throw new RunFailure("'%s' cannot be written: %s".formatted(file, Reasons.of(e)), e);
    }
  }

  @FunctionalInterface
  private interface Content {
    void write(Writer out) throws IOException;
  }
}
