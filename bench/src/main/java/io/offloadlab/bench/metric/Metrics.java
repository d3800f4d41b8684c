package io.offloadlab.bench.metric;

import static io.offloadlab.bench.metric.Metric.mean;
import static io.offloadlab.bench.metric.Metric.meanAlone;
import static io.offloadlab.bench.metric.Metric.ofComponents;
import static io.offloadlab.bench.metric.Metric.ofTask;
import static io.offloadlab.bench.metric.Metric.part;
import static io.offloadlab.bench.metric.Metric.relative;
import static io.offloadlab.bench.metric.Metric.row;
import static io.offloadlab.bench.metric.Metric.rowText;
import static io.offloadlab.bench.metric.Metric.stream;
import static io.offloadlab.bench.metric.Metric.streamCount;
import static io.offloadlab.bench.metric.Metric.streamText;
import static io.offloadlab.bench.metric.Metric.task;
import static io.offloadlab.bench.metric.Metric.taskCount;
import static io.offloadlab.bench.metric.Metric.taskText;
import static io.offloadlab.bench.metric.Shown.NOWHERE;
import static io.offloadlab.bench.metric.Unit.BYTES;
import static io.offloadlab.bench.metric.Unit.DEVIATION;
import static io.offloadlab.bench.metric.Unit.MFLOP;
import static io.offloadlab.bench.metric.Unit.MIB;
import static io.offloadlab.bench.metric.Unit.MILLIJOULE;
import static io.offloadlab.bench.metric.Unit.MS;
import static io.offloadlab.bench.metric.Unit.PER_SECOND;
import static io.offloadlab.bench.metric.Unit.SECONDS;
import static io.offloadlab.bench.metric.Unit.SHARE;

import io.offloadlab.graph.Component;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/**
 * Every column of every table, declared once. A line here is all that a new one takes: it appears
 * in the CSV file, on the terminal and in every report, live and simulated. Keys and their order
 * are a contract; new ones go to the end of their table.
 */
public final class Metrics {
  /** Milliseconds from a task's arrival to its prediction. */
  static final Quantity LATENCY = ofTask(r -> r.latency().totalMs());

  private static final double MEGA = 1e6;
  private static final double MEBI = 1 << 20;
  private static final double PERCENT = 100;
  private static final double MS_PER_S = 1000;

  /** Floating-point operations of an image, in millions. */
  static final Quantity MFLOPS = ofComponents(Component::flops, MEGA);

  /** Size of the network that ran. */
  static final Quantity SIZE_MIB = ofComponents(Component::bytes, MEBI);

  private static final Quantity EDGE_MS = ofTask(r -> r.latency().edgeMs());
  private static final Quantity CLOUD_MS = ofTask(r -> r.latency().cloudMs());
  private static final Quantity UPLINK_MS = ofTask(r -> r.latency().uplinkMs());
  private static final Quantity DOWNLINK_MS = ofTask(r -> r.latency().downlinkMs());

  private static final List<Metric> ALL =
      List.of(
          taskText("strategy", r -> r.strategy(), "name of the strategy's entry"),
          streamText("strategy", "strategy", s -> s.strategy(), "name of the strategy's entry"),
          taskCount("task", r -> r.task().id(), "position in the stream, from 0"),
          taskText("device", r -> r.task().device().toString(), "edge that it was assigned to"),
          taskCount("images", r -> r.task().batch(), "number of images"),
          taskCount("correct", r -> r.correct(), "images classified as labelled, if they are"),
          streamCount("batch", s -> s.scenario().batch(), "images per task").shown(NOWHERE),
          stream("acc_threshold", "", SHARE, s -> s.threshold(), "accuracy asked for, in 0..1")
              .shown(NOWHERE),
          streamCount("tasks", s -> s.tasks(), "tasks that came to their end").shown(NOWHERE),
          stream("accuracy", "accuracy", SHARE, s -> s.accuracy(), "over all images, in 0..1"),
          rowText(
                  "accuracy_interval",
                  "95%",
                  r -> r.stream().accuracyInterval().shown("%.1f", PERCENT),
                  "interval of the accuracy (Wilson)")
              .unfiled(),
          streamText(
                  "accuracy_source",
                  "",
                  s -> s.source().toString(),
                  "`measured` or `profile`; `none` for random weights")
              .shown(NOWHERE),
          task("latency_ms", MS, LATENCY, "latency, from arrival to prediction")
              .andMean("latency_mean_ms", "mean ms", "mean latency")
              .and(
                  rowText(
                          "latency_mean_interval",
                          "95%",
                          r -> r.stream().samples().intervals().mean().shown("%.2f", 1),
                          "interval of the mean latency (bootstrap)")
                      .unfiled())
              .andQuantile(0.5, "latency_p50_ms", "p50", "median of the latency")
              .andQuantile(0.95, "latency_p95_ms", "p95", "95th percentile of the latency")
              .andQuantile(0.99, "latency_p99_ms", "p99", "99th percentile of the latency"),
          part("edge_ms", "edge ms", EDGE_MS, "computing on edges"),
          part("cloud_ms", "cloud ms", CLOUD_MS, "computing on the cloud"),
          part("uplink_ms", "uplink ms", UPLINK_MS, "from edges to the cloud"),
          part("downlink_ms", "downlink ms", DOWNLINK_MS, "from cloud to edges"),
          part(
              "queue_ms",
              "queueing ms",
              ofTask(r -> r.latency().queueMs()),
              "waiting for a processor"),
          mean("mflops", "MFLOPs", MFLOP, MFLOPS, "work per image"),
          mean("size_mib", "size MiB", MIB, SIZE_MIB, "size of the network"),
          stream("tasks_per_s", "tasks/s", PER_SECOND, s -> s.tasks() / s.seconds(), "throughput"),
          taskText("route", r -> r.route(), "what ran where"),
          taskText("predictions", r -> r.predictions(), "classes; empty where simulated"),
          taskText("exit", r -> r.exit(), "component that gave the predictions"),
          taskCount("repeat", r -> r.repeat(), "number of the repeat, from 1"),
          relative(
                  "vs_yardstick",
                  "vs " + Results.YARDSTICK,
                  (s, y) -> s.latencyMs() / y.latencyMs(),
                  "mean latency divided by the yardstick's")
              .unfiled(),
          rowText(
                  "ratio_interval",
                  "95%",
                  r -> r.ratio().shown("%.2f", 1),
                  "interval of that ratio, from the tasks of both (paired bootstrap)")
              .unfiled(),
          rowText(
                  "verdict_shown",
                  "verdict",
                  r -> r.verdict(),
                  "faster or slower than the yardstick where that interval excludes 1")
              .unfiled(),
          stream(
                  "expected_accuracy",
                  "profile's accuracy",
                  SHARE,
                  s -> s.expectedAccuracy(),
                  "what the profile gives for the networks that ran, in 0..1")
              .shown(Shown.TIMES)
              .unfiled(),
          stream(
                  "plan_seconds",
                  "planning s",
                  SECONDS,
                  s -> s.planSeconds(),
                  "first decision, made before the stream")
              .shown(Shown.TIMES)
              .unfiled(),
          stream(
                  "decision_p50_ms",
                  "deciding p50 ms",
                  Unit.FINE_MS,
                  s -> s.decisions().quantileMs(0.5),
                  "median time of an answer while the stream ran: a route, or a step on the way")
              .shown(Shown.CLOCK)
              .unfiled(),
          stream(
                  "decision_p99_ms",
                  "deciding p99 ms",
                  Unit.FINE_MS,
                  s -> s.decisions().quantileMs(0.99),
                  "99th percentile of these times")
              .shown(Shown.CLOCK)
              .unfiled(),
          stream(
                  "accuracy_low",
                  "",
                  SHARE,
                  s -> s.accuracyInterval().low(),
                  "lower end of the accuracy's 95% interval (Wilson); empty where it is the profile's")
              .shown(NOWHERE),
          stream("accuracy_high", "", SHARE, s -> s.accuracyInterval().high(), "upper end of it")
              .shown(NOWHERE),
          streamText(
              "referee",
              "referee",
              s -> s.marks(),
              "what the runtime has against the stream: see below; `ok` for nothing"),
          rowText(
                  "chosen_on",
                  "",
                  r -> r.use().chosenOn(),
                  "test images that exits and variants were chosen on: `selection` or `all`")
              .shown(NOWHERE),
          rowText(
                  "reported_on",
                  "",
                  r -> r.use().reportedOn(),
                  "test images that the stream drew from: `report` or `all`")
              .shown(NOWHERE),
          low(
              "latency_mean_low_ms",
              r -> r.stream().samples().intervals().mean(),
              "the mean latency's"),
          high("latency_mean_high_ms", r -> r.stream().samples().intervals().mean()),
          low("latency_p50_low_ms", r -> r.stream().samples().intervals().p50(), "the median's"),
          high("latency_p50_high_ms", r -> r.stream().samples().intervals().p50()),
          low(
              "latency_p95_low_ms",
              r -> r.stream().samples().intervals().p95(),
              "the 95th percentile's"),
          high("latency_p95_high_ms", r -> r.stream().samples().intervals().p95()),
          low(
              "latency_p99_low_ms",
              r -> r.stream().samples().intervals().p99(),
              "the 99th percentile's"),
          high("latency_p99_high_ms", r -> r.stream().samples().intervals().p99()),
          row(
                  "latency_iqm_ms",
                  "IQM over seeds ms",
                  MS,
                  r -> r.interquartileMean(),
                  "of strategies that learn: interquartile mean of the repeats' mean latencies")
              .shown(Shown.TIMES),
          low("latency_iqm_low_ms", r -> r.interquartileInterval(), "that mean's"),
          high("latency_iqm_high_ms", r -> r.interquartileInterval()),
          rowText(
                  "yardstick",
                  "",
                  r -> r.yardstick().map(StreamSummary::strategy).orElse(""),
                  "entry that the ratio is to")
              .shown(NOWHERE),
          row(
                  "ratio",
                  "",
                  Unit.TIMES,
                  r ->
                      r.yardstick()
                          .map(y -> r.stream().latencyMs() / y.latencyMs())
                          .orElse(Double.NaN),
                  "mean latency divided by the yardstick's")
              .shown(NOWHERE),
          row(
                  "ratio_low",
                  "",
                  Unit.TIMES,
                  r -> r.ratio().low(),
                  "lower end of the ratio's 95% interval, from the tasks of both")
              .shown(NOWHERE),
          row("ratio_high", "", Unit.TIMES, r -> r.ratio().high(), "upper end of it")
              .shown(NOWHERE),
          rowText(
                  "verdict",
                  "verdict",
                  r -> r.verdict(),
                  "`faster` or `slower` than the yardstick where that interval excludes 1")
              .shown(NOWHERE),
          streamText(
                  "seed", "", s -> String.valueOf(s.scenario().seed()), "seed of the first repeat")
              .shown(NOWHERE),
          streamCount(
                  "repeats", s -> s.repeatMeans().size(), "repeats, of seeds one after the other")
              .shown(NOWHERE),
          streamCount(
                  "repeat",
                  s -> s.repeat() == 0 ? Reading.NONE : s.repeat(),
                  "number of the repeat, from 1; empty for all together")
              .shown(NOWHERE),
          meanAlone("up_bytes", "sent bytes", BYTES, Crossing.UP, "tensors from edges to the cloud")
              .shown(NOWHERE),
          meanAlone(
                  "down_bytes",
                  "received bytes",
                  BYTES,
                  Crossing.DOWN,
                  "tensors from the cloud to edges")
              .shown(NOWHERE),
          stream(
                  "edge_mj",
                  "edge mJ",
                  MILLIJOULE,
                  s -> edgeMillijoules(s),
                  "energy of the edges per task: waiting, computing, sending and receiving")
              .shown(Shown.TIMES),
          stream(
                  "cloud_mj",
                  "cloud mJ",
                  MILLIJOULE,
                  s -> s.scenario().power().cloudJoules(s.mean(CLOUD_MS)),
                  "energy of the cloud per task: computing")
              .shown(Shown.TIMES));

  private static final List<Column<TaskRow>> OF_TASKS =
      ALL.stream().flatMap(m -> m.ofTask().stream()).toList();

  private static final List<Column<Results.Row>> OF_STREAMS =
      ALL.stream().flatMap(m -> m.ofStream().stream()).toList();

  private static final List<Column<ValidationRow>> OF_VALIDATION =
      List.of(
          new Column<>(
              "strategy",
              "strategy",
              Unit.COUNT,
              Shown.RESULTS,
              true,
              new Reading.Text<>(r -> r.strategy()),
              "name of the strategy's entry"),
          side("live_mean_ms", "live mean ms", MS, r -> r.liveMs(), "mean latency on live nodes"),
          side(
              "predicted_mean_ms",
              "predicted",
              MS,
              r -> r.predictedMs(),
              "simulated from the view that was known before the run"),
          side(
              "predicted_error",
              "error",
              DEVIATION,
              r -> r.predictedError(),
              "of that, relative to live"),
          side(
              "simulated_mean_ms",
              "simulated",
              MS,
              r -> r.simulatedMs(),
              "simulated with the run's own mean component times"),
          side(
              "simulated_error",
              "error",
              DEVIATION,
              r -> r.simulatedError(),
              "of that, relative to live"));

  private Metrics() {}

  /** From the means, which is exact: energy is a sum of multiples of them. */
  private static double edgeMillijoules(StreamSummary s) {
    return s.scenario()
            .power()
            .edgeJoules(
                s.latencyMs() / MS_PER_S,
                s.mean(EDGE_MS) / MS_PER_S,
                (s.mean(UPLINK_MS) + s.mean(DOWNLINK_MS)) / MS_PER_S,
                s.mean(Crossing.UP),
                s.mean(Crossing.DOWN))
        * MS_PER_S;
  }

  private static Metric low(String key, Function<Results.Row, Interval> of, String whose) {
    return row(key, "", MS, r -> of.apply(r).low(), "lower end of " + whose + " 95% interval")
        .shown(NOWHERE);
  }

  private static Metric high(String key, Function<Results.Row, Interval> of) {
    return row(key, "", MS, r -> of.apply(r).high(), "upper end of it").shown(NOWHERE);
  }

  static List<Metric> all() {
    return ALL;
  }

  /** The columns of {@code tasks.csv}. */
  public static List<Column<TaskRow>> ofTasks() {
    return OF_TASKS;
  }

  /** The columns of {@code summary.csv} and of its tables. */
  public static List<Column<Results.Row>> ofStreams() {
    return OF_STREAMS;
  }

  /** The means that add up to the mean latency. */
  public static List<Column<Results.Row>> partsOfLatency() {
    return OF_STREAMS.stream().filter(c -> c.shown() == Shown.PARTS).toList();
  }

  /** The columns of {@code validation.csv}. */
  public static List<Column<ValidationRow>> ofValidation() {
    return OF_VALIDATION;
  }

  private static Column<ValidationRow> side(
      String key, String header, Unit unit, ToDoubleFunction<ValidationRow> of, String docs) {
    return new Column<>(key, header, unit, Shown.RESULTS, true, new Reading.Decimal<>(of), docs);
  }
}
