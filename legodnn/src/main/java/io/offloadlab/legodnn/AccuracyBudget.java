package io.offloadlab.legodnn;

import io.offloadlab.failure.Infeasible;
import io.offloadlab.legodnn.accuracy.AccuracyPredictor;
import io.offloadlab.legodnn.accuracy.Margin;
import io.offloadlab.legodnn.plan.Outcome;
import io.offloadlab.strategy.NodeId;
import io.offloadlab.strategy.Scenario;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What a scenario's threshold lets variants cost, and what to say where that is too little. A plan
 * must keep the threshold with a margin, except that the original network, whose accuracy is
 * measured and not predicted, needs none.
 */
final class AccuracyBudget {
  private static final double MIB = 1 << 20;

  /** Nodes whose budgets are named. */
  private static final int NAMED = 8;

  private final LegoNetwork network;
  private final Scenario scenario;
  private final AccuracyPredictor predictor;
  private final Margin margin;

  AccuracyBudget(
      LegoNetwork network, Scenario scenario, AccuracyPredictor predictor, Margin margin) {
    this.network = network;
    this.scenario = scenario;
    this.predictor = predictor;
    this.margin = margin;
  }

  /** Most that variants may cost. */
  double cost() {
    double original = predictor.originalAccuracy();
    double threshold = scenario.accuracyThreshold();
    return threshold <= 0
        ? Double.POSITIVE_INFINITY
        : predictor.costBudget(original - margin.largestDrop(original - threshold));
  }

  /** Whether the original network is accurate enough. */
  boolean originalMeets() {
    return scenario.accuracyThreshold() <= predictor.originalAccuracy();
  }

  /** What to tell whoever asked for too much. */
  Infeasible infeasible(Outcome.Infeasible why) {
    if (why.leastCost() == Double.POSITIVE_INFINITY) {
      return failure(
          "no network fits the memory budgets: the smallest has %.1f MiB and the nodes hold %s;"
              + " raise a memory budget",
          network.leastBytes() / MIB, budgets());
    }
    double best =
        Math.max(
            promised(predictor.accuracy(why.leastCost())),
            why.originalFits() ? predictor.originalAccuracy() : 0);
    if (why.memoryIsCulprit()) {
      return failure(
          "accuracy %.4f is out of reach within the memory budgets (%s): the best reachable is"
              + " %.4f; raise a memory budget or lower --acc to that",
          scenario.accuracyThreshold(), budgets(), floor(best));
    }
    return failure(
        "accuracy %.4f is out of reach: the best reachable is %.4f; lower --acc to that",
        scenario.accuracyThreshold(), floor(best));
  }

  /** What can be asked of a network that is predicted to have an accuracy. */
  private double promised(double predicted) {
    return predicted - margin.at(predictor.originalAccuracy() - predicted);
  }

  /** Rounded down to what four digits can say, so that it can be asked for. */
  private static double floor(double accuracy) {
    return Math.floor(Math.max(0, accuracy) * 1e4 + 1e-6) / 1e4;
  }

  private static Infeasible failure(String format, Object... values) {
    return new Infeasible(String.format(Locale.ROOT, format, values));
  }

  private String budgets() {
    List<String> all = new ArrayList<>();
    for (int i = 0; i < Math.min(NAMED, scenario.nodes().size()); i++) {
      NodeId node = new NodeId(i);
      long budget = scenario.memoryBudget(node);
      all.add(
          budget == Long.MAX_VALUE
              ? node + " unlimited"
              : String.format(Locale.ROOT, "%s %.1f MiB", node, budget / MIB));
    }
    if (scenario.nodes().size() > NAMED) {
      all.add(String.format(Locale.ROOT, "and %d more", scenario.nodes().size() - NAMED));
    }
    return String.join(", ", all);
  }
}
