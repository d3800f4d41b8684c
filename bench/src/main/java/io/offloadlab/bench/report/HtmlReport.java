package io.offloadlab.bench.report;

import static io.offloadlab.bench.report.TableReport.number;

import com.github.mustachejava.DefaultMustacheFactory;
import com.github.mustachejava.Mustache;
import java.io.IOException;
import java.io.Writer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** {@code report.html}: one file without outside references, to read, print and keep. */
final class HtmlReport {
  private static final Mustache PAGE =
      new DefaultMustacheFactory("io/offloadlab/bench/report").compile("report.mustache");

  private HtmlReport() {}

  static void render(
      Writer out,
      RunDescription run,
      List<StrategyResult> results,
      List<SummaryRow> summary,
      List<ValidationRow> validation)
      throws IOException {
    RunDescription done = run.withResults(results, summary);
    Map<String, Object> page = new HashMap<>();
    page.put("run", run);
    page.put("scenario", run.resolvedScenario());
    page.put("command", String.join(" ", run.command()));
    page.put("threshold", number("%.2f%%", run.resolvedScenario().accuracyThreshold() * 100));
    page.put("accuracySource", summary.get(0).accuracySource().toString());
    page.put("machine", run.machine().entrySet());
    page.put("weights", run.weights().entrySet());
    page.put("rows", done.strategies().stream().map(o -> Line.of(o, summary)).toList());
    page.put("breakdown", Charts.breakdown(summary));
    page.put("overTasks", Charts.overTasks(results));
    page.put("validated", !validation.isEmpty());
    page.put("validation", validation.stream().map(SideBySide::of).toList());
    PAGE.execute(out, page).flush();
  }

  /** Live and simulated, as the page shows them. */
  record SideBySide(
      String strategy,
      String live,
      String predicted,
      String predictedError,
      String simulated,
      String simulatedError) {
    static SideBySide of(ValidationRow r) {
      return new SideBySide(
          r.strategy(),
          number("%.2f", r.liveMeanMs()),
          number("%.2f", r.predictedMeanMs()),
          number("%+.1f%%", r.predictedError() * 100),
          number("%.2f", r.simulatedMeanMs()),
          number("%+.1f%%", r.simulatedError() * 100));
    }
  }

  /** A strategy's row as the page shows it. */
  record Line(
      String strategy,
      String accuracy,
      String expected,
      String mean,
      String p50,
      String p95,
      String p99,
      String edge,
      String cloud,
      String uplink,
      String downlink,
      String queue,
      String mflops,
      String size,
      String ratio,
      String plan,
      List<String> routes,
      List<String> remarks) {
    private static final int MOST_ROUTES = 8;

    static Line of(RunDescription.Outcome o, List<SummaryRow> all) {
      SummaryRow r = o.summary();
      return new Line(
          r.strategy(),
          number("%.2f%%", r.accuracy() * 100),
          number("%.2f%%", o.expectedAccuracy() * 100),
          number("%.2f", r.latencyMeanMs()),
          number("%.2f", r.latencyP50Ms()),
          number("%.2f", r.latencyP95Ms()),
          number("%.2f", r.latencyP99Ms()),
          number("%.2f", r.edgeMs()),
          number("%.2f", r.cloudMs()),
          number("%.2f", r.uplinkMs()),
          number("%.2f", r.downlinkMs()),
          number("%.2f", r.queueMs()),
          number("%.2f", r.mflops()),
          number("%.2f", r.sizeMib()),
          TableReport.ratio(r, all),
          number("%.3f", o.planSeconds()),
          o.routes().stream().limit(MOST_ROUTES).toList(),
          o.remarks());
    }
  }
}
