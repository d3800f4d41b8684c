package io.offloadlab.train.exits;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Loss and accuracy per exit over the batches of an epoch so far. */
final class RunningFigures {
  private final List<String> exits;

  /** The sum of the losses, then the sums of the exits' shares of hits. */
  private final double[] sums;

  /**
   * @param before the sums of the batches before an interruption; empty at an epoch's beginning
   */
  RunningFigures(List<String> exits, List<Double> before) {
    this.exits = exits;
    this.sums = new double[1 + exits.size()];
    for (int i = 0; i < before.size(); i++) {
      sums[i] = before.get(i);
    }
  }

  void add(ExitStep.Outcome outcome, int images) {
    sums[0] += outcome.loss;
    for (int e = 0; e < exits.size(); e++) {
      sums[1 + e] += outcome.hits[e] / images;
    }
  }

  List<Double> sums() {
    List<Double> all = new ArrayList<>();
    for (double s : sums) {
      all.add(s);
    }
    return Collections.unmodifiableList(all);
  }

  /** Means over a number of batches, by name. */
  Map<String, Double> means(int batches) {
    Map<String, Double> figures = new LinkedHashMap<>();
    figures.put("loss", sums[0] / batches);
    for (int e = 0; e < exits.size(); e++) {
      figures.put("training_" + exits.get(e), sums[1 + e] / batches);
    }
    return figures;
  }

  /** The same for a person to read, as in {@code loss 1.234 accuracy 45.1/50.2%}. */
  String live(int batches) {
    StringBuilder text =
        new StringBuilder(String.format(Locale.ROOT, "loss %.3f accuracy", sums[0] / batches));
    for (int e = 1; e < sums.length; e++) {
      text.append(e == 1 ? ' ' : '/')
          .append(String.format(Locale.ROOT, "%.1f", 100 * sums[e] / batches));
    }
    return text.append('%').toString();
  }
}
