package io.offloadlab.bench.report;

import io.offloadlab.bench.metric.StreamSummary;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What must be said of accuracies that a run was too short for. */
public final class AccuracyNote {
  private static final double POINT = 0.01;

  private AccuracyNote() {}

  /**
   * How many tasks it takes to know every accuracy to a point to either side; empty where they are.
   */
  public static Optional<String> of(List<StrategyResult> results) {
    return results.stream()
        .map(StrategyResult::summary)
        .filter(s -> s.imagesFor(POINT) > 0)
        .max(Comparator.comparingLong(s -> s.imagesFor(POINT)))
        .map(AccuracyNote::line);
  }

  private static String line(StreamSummary s) {
    long images = s.imagesFor(POINT);
    int batch = s.scenario().batch();
    return String.format(
        Locale.ROOT,
        "accuracies are known to %.1f points to either side at worst (%s, %d different images): one point takes %d different images, %d tasks of %d in all",
        (s.accuracyInterval().high() - s.accuracyInterval().low()) / 2 / POINT,
        s.strategy(),
        s.distinctImages(),
        images,
        (images + batch - 1) / batch,
        batch);
  }
}
