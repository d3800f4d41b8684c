package io.offloadlab.bench.report;

import com.github.mustachejava.DefaultMustacheFactory;
import com.github.mustachejava.Mustache;
import io.offloadlab.bench.figure.BrowserChart;
import io.offloadlab.bench.figure.Figure;
import io.offloadlab.bench.figure.Figures;
import io.offloadlab.bench.figure.Palette;
import io.offloadlab.bench.metric.Finding;
import io.offloadlab.bench.metric.TextTable;
import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * {@code report.html}: one file without outside references, to read, print and keep.
 *
 * @param run what is needed to run it again
 * @param results what came out
 * @param values the table of results
 * @param times the table of where the time goes
 * @param breakdown tables of single decisions, devices and components
 * @param published the published figures beside the run's; empty where there are none
 * @param validation live and simulated side by side; may have no rows
 */
record HtmlReport(
    RunDescription run,
    List<StrategyResult> results,
    TextTable values,
    TextTable times,
    Breakdown breakdown,
    Optional<TextTable> published,
    TextTable validation) {
  private static final Mustache PAGE =
      new DefaultMustacheFactory("io/offloadlab/bench/report").compile("report.mustache");

  void render(Writer out) throws IOException {
    Map<String, Object> page = new HashMap<>();
    page.put("run", run);
    page.put("scenario", run.resolvedScenario());
    page.put("command", run.commandLine());
    page.put("simulated", run.isSimulated());
    page.put(
        "threshold",
        String.format(Locale.ROOT, "%.2f%%", run.resolvedScenario().accuracyThreshold() * 100));
    page.put("accuracySource", results.get(0).summary().source().toString());
    page.put("imageUse", run.imageUse().told());
    page.put("machine", run.machine().entrySet());
    page.put("weights", run.weights().entrySet());
    page.put("entries", run.entries().stream().flatMap(e -> e.told().stream()).toList());
    page.put(
        "notes",
        Stream.concat(
                AccuracyNote.of(results).stream(), PlaceNote.of(run.entries(), results).stream())
            .toList());
    page.put("infeasible", run.infeasible().entrySet());
    page.put("values", values);
    page.put("times", times);
    page.put("strategies", results.stream().map(Told::of).toList());
    List<Figure> figures = new ArrayList<>(Figures.of(results.stream().map(Traces::of).toList()));
    figures.addAll(StreamTimes.figures(run.resolvedScenario(), results));
    page.putAll(drawing(figures));
    page.put("breakdown", breakdown.tables());
    published.ifPresent(table -> page.put("published", table));
    page.put("validated", !validation.rows().isEmpty());
    page.put("validation", validation);
    PAGE.execute(out, page).flush();
  }

  /** What the parts of a page that draw figures want to know. */
  static Map<String, Object> drawing(List<Figure> figures) {
    return Map.of(
        "figures",
        figures,
        "charts",
        figures.stream()
            .map(f -> Map.of("id", f.id(), "options", BrowserChart.options(f)))
            .toList(),
        "palette",
        Palette.script(),
        "library",
        BrowserChart.library());
  }

  /** What is told of a strategy beside its numbers. */
  record Told(String strategy, List<String> routes, List<String> remarks, List<String> findings) {
    private static final int MOST_ROUTES = 8;

    static Told of(StrategyResult r) {
      return new Told(
          r.strategy(),
          r.routes().stream().limit(MOST_ROUTES).toList(),
          r.remarks(),
          r.summary().findings().stream().map(Finding::text).toList());
    }
  }
}
