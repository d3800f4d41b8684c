package io.offloadlab.bench.run;

import io.offloadlab.bench.metric.Finding;
import io.offloadlab.bench.metric.Finding.Mark;
import io.offloadlab.bench.metric.StreamSummary;
import io.offloadlab.bench.referee.Referee;
import io.offloadlab.bench.report.StrategyResult;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Puts the repeats of a run together: one result per strategy, over all that it did. */
public final class Repeats {
  private static final Set<Mark> OF_ACCURACY =
      EnumSet.of(Mark.ACCURACY_MISSED, Mark.ACCURACY_UNCLEAR, Mark.EXPECTED_BELOW);

  private final Map<String, List<StrategyResult>> byStrategy = new LinkedHashMap<>();

  /** Adds the results of one more repeat. */
  public void add(List<StrategyResult> results) {
    results.forEach(
        r -> byStrategy.computeIfAbsent(r.strategy(), name -> new ArrayList<>()).add(r));
  }

  /** Whether there are none yet. */
  public boolean isEmpty() {
    return byStrategy.isEmpty();
  }

  /** A result per strategy, in the order in which they came first. */
  public List<StrategyResult> results() {
    return byStrategy.values().stream().map(Repeats::together).toList();
  }

  private static StrategyResult together(List<StrategyResult> each) {
    if (each.size() == 1) {
      return each.get(0);
    }
    StreamSummary all = StreamSummary.of(each.stream().map(StrategyResult::summary).toList());
    List<Finding> findings = new ArrayList<>(Referee.ofAccuracy(all));
    Set<Mark> found = EnumSet.noneOf(Mark.class);
    List<String> remarks = new ArrayList<>();
    for (StrategyResult r : each) {
      String where = String.format(Locale.ROOT, "repeat %d: ", r.summary().repeat());
      for (Finding f : r.summary().findings()) {
        if (!OF_ACCURACY.contains(f.mark()) && found.add(f.mark())) {
          findings.add(new Finding(f.mark(), where + f.text()));
        }
      }
      r.remarks().forEach(text -> remarks.add(where + text));
    }
    return new StrategyResult(
        all.with(findings), each.stream().flatMap(r -> r.repeats().stream()).toList(), remarks);
  }
}
