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
   * Writes {@code report.html} and a file for each figure and form.
   *
   * @param folder that takes them; made where it is missing
   * @throws RunFailure if a file cannot be written
   */
  public void write(Path folder, Collection<ChartFile> forms) {
    List<Figure> figures = figures();
    Path file = folder.resolve("report.html");
    try {
      Files.createDirectories(folder);
      WholeFile.write(
          file,
          bytes -> {
            Writer out = new OutputStreamWriter(bytes, StandardCharsets.UTF_8);
            PAGE.execute(out, page(figures)).flush();
          });
      for (Figure figure : figures) {
        for (ChartFile form : forms) {
          file = folder.resolve(figure.id() + "." + form.suffix());
          WholeFile.write(file, out -> form.write(figure, out));
        }
      }
    } catch (IOException e) {
      throw new RunFailure("'%s' cannot be written: %s".formatted(file, Reasons.of(e)), e);
    }
  }

  private Map<String, Object> page(List<Figure> figures) {
    Map<String, Object> page = new HashMap<>(HtmlReport.drawing(figures));
    page.put("title", runs.size() == 1 ? runs.get(0).name() : runs.size() + " runs");
    page.put("runs", runs.stream().map(RedrawnReport::told).toList());
    return page;
  }

  private static Map<String, Object> told(RunFiles run) {
    JsonNode d = run.run();
    return Map.of(
        "name",
        run.name(),
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
            d.path("version").asText()),
        "table",
        table(run),
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
            .toList(),
        "command",
        String.join(" ", run.command()));
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
