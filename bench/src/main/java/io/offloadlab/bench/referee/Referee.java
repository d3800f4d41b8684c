package io.offloadlab.bench.referee;

import io.offloadlab.bench.metric.AccuracySource;
import io.offloadlab.bench.metric.Finding;
import io.offloadlab.bench.metric.Finding.Mark;
import io.offloadlab.bench.metric.Interval;
import io.offloadlab.bench.metric.StreamSummary;
import io.offloadlab.sim.SimulationReport;
import io.offloadlab.strategy.AdaptiveStrategy;
import io.offloadlab.strategy.NodeId;
import io.offloadlab.strategy.OffloadStrategy;
import io.offloadlab.strategy.Route;
import io.offloadlab.strategy.Scenario;
import io.offloadlab.strategy.SystemView;
import io.offloadlab.strategy.TaskRecord;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Watches one stream and says what is wrong with it; see the package. */
public final class Referee implements Consumer<TaskRecord> {
  private static final double KIBI = 1 << 10;
  private static final double MEBI = 1 << 20;

  /** What rounding may make of a profile's mean. */
  private static final double ROUNDING = 1e-9;

  private final Scenario scenario;
  private final OffloadStrategy strategy;
  private final Holdings holdings = new Holdings();
  private final Map<NodeId, Route> latest = new HashMap<>();
  private final Map<NodeId, List<Route>> allowed = new HashMap<>();
  private long changes;
  private int firstChange;

  /**
   * @param scenario that is to be kept
   * @param strategy whose stream it is; what it says of itself is not asked for
   */
  public Referee(Scenario scenario, OffloadStrategy strategy) {
    this.scenario = scenario;
    this.strategy = strategy;
  }

  /** Sees a finished task; in the order of the stream, as far as its plans go. */
  @Override
  public void accept(TaskRecord record) {
    NodeId device = record.task().device();
    Route route = record.route();
    if (strategy instanceof AdaptiveStrategy adaptive) {
      // All that it may come to lies ready, whatever it came to.
      List<Route> known = allowed.get(device);
      if (known == null) {
        known = new ArrayList<>(adaptive.routes(record.task()));
        allowed.put(device, known);
        holdings.change(device, known);
      }
      return;
    }
    Route before = latest.put(device, route);
    boolean changed = before != null && !route.equals(before);
    if (changed) {
      holdings.clear();
      if (changes++ == 0) {
        firstChange = record.task().id();
      }
    }
    if (changed || !holdings.has(device)) {
      holdings.change(device, List.of(route));
    }
  }

  /**
   * What there is against a stream that ran live.
   *
   * @param summary what it came to
   * @param records all of it
   * @param view the times of this very run
   */
  public List<Finding> ofLive(StreamSummary summary, List<TaskRecord> records, SystemView view) {
    List<Finding> findings = new ArrayList<>(ofOutcome(summary));
    double rate = scenario.arrivals().tasksPerSecond();
    if (!Double.isNaN(rate)) {
      Load load = new Load(view);
      records.forEach(load::add);
      load.overloads(rate).forEach(text -> findings.add(new Finding(Mark.SATURATED, text)));
    }
    findings.addAll(ofPlans());
    return findings;
  }

  /**
   * What there is against a stream that was simulated.
   *
   * @param summary what it came to
   * @param report how it went
   */
  public List<Finding> ofSimulated(StreamSummary summary, SimulationReport report) {
    List<Finding> findings = new ArrayList<>(ofOutcome(summary));
    report.warnings().forEach(text -> findings.add(new Finding(Mark.SATURATED, text)));
    findings.addAll(ofPlans());
    return findings;
  }

  private List<Finding> ofOutcome(StreamSummary s) {
    List<Finding> findings = new ArrayList<>(ofAccuracy(s));
    findings.addAll(ofMemory());
    return findings;
  }

  /** What there is against a stream's accuracy, or that of several repeats together. */
  public static List<Finding> ofAccuracy(StreamSummary s) {
    List<Finding> findings = new ArrayList<>();
    double asked = s.scenario().accuracyThreshold();
    if (s.source() == AccuracySource.PROFILE) {
      if (s.accuracy() < asked - ROUNDING) {
        findings.add(
            finding(
                Mark.EXPECTED_BELOW,
                "by the profile, the networks that ran are right in %.2f%%, below the %.2f%% asked for",
                s.accuracy() * 100,
                asked * 100));
      }
    } else if (s.accuracy() < asked) {
      Interval interval = s.accuracyInterval();
      boolean surely = interval.high() < asked;
      findings.add(
          finding(
              surely ? Mark.ACCURACY_MISSED : Mark.ACCURACY_UNCLEAR,
              surely
                  ? "accuracy is %.2f%% (95%% interval %.2f to %.2f%%), below the %.2f%% asked for"
                  : "accuracy is %.2f%% (95%% interval %.2f to %.2f%%): too few images to say whether the %.2f%% asked for are missed",
              s.accuracy() * 100,
              interval.low() * 100,
              interval.high() * 100,
              asked * 100));
    }
    return findings;
  }

  private List<Finding> ofMemory() {
    Map<NodeId, Long> over = new TreeMap<>(Comparator.comparingInt(NodeId::index));
    holdings
        .mostBytes()
        .forEach(
            (node, bytes) -> {
              if (bytes > scenario.memoryBudget(node)) {
                over.put(node, bytes);
              }
            });
    if (over.isEmpty()) {
      return List.of();
    }
    NodeId first = over.keySet().iterator().next();
    return List.of(
        finding(
            Mark.OVER_MEMORY,
            "%s holds %s, over its budget of %s%s",
            first,
            size(over.get(first)),
            size(scenario.memoryBudget(first)),
            over.size() == 1
                ? ""
                : String.format(Locale.ROOT, ", and %d more node(s) do alike", over.size() - 1)));
  }

  /** Budgets of small networks are not 0.0 MiB. */
  private static String size(long bytes) {
    return bytes < MEBI
        ? String.format(Locale.ROOT, "%.1f KiB", bytes / KIBI)
        : String.format(Locale.ROOT, "%.1f MiB", bytes / MEBI);
  }

  /** Where links change, plans are meant to. */
  private List<Finding> ofPlans() {
    return changes == 0 || !scenario.linkChanges().isEmpty()
        ? List.of()
        : List.of(
            finding(
                Mark.PLAN_CHANGED,
                "the plan of a device changed %d time(s), first at task %d: the means are over several plans (with --view it stays what it is)",
                changes,
                firstChange));
  }

  private static Finding finding(Mark mark, String text, Object... values) {
    return new Finding(mark, String.format(Locale.ROOT, text, values));
  }
}
