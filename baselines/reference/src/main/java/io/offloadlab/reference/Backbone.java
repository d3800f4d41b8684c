package io.offloadlab.reference;

import io.offloadlab.failure.Infeasible;
import io.offloadlab.graph.Component;
import io.offloadlab.strategy.NodeId;
import io.offloadlab.strategy.Route;
import io.offloadlab.strategy.Scenario;
import io.offloadlab.strategy.StrategyContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The uncompressed network in a scenario.
 *
 * @param chain its components in order
 * @param scenario where it runs
 * @param accuracy measured, in 0..1
 */
record Backbone(List<Component> chain, Scenario scenario, double accuracy) {
  private static final double MIB = 1 << 20;

  /**
   * @throws Infeasible if the network is not accurate enough for the scenario
   */
  static Backbone of(StrategyContext context) {
    double accuracy = context.profile().originalAccuracy();
    double threshold = context.scenario().accuracyThreshold();
    if (threshold > accuracy) {
      throw new Infeasible(
          String.format(
              Locale.ROOT,
              "accuracy %.4f is out of reach: the best reachable is %.4f; lower --acc to that",
              threshold,
              accuracy));
    }
    return new Backbone(context.backbone(), context.scenario(), accuracy);
  }

  /**
   * That the cloud has no room for all of it; empty if it has.
   *
   * @param strategy who wants it there
   */
  Optional<Infeasible> tooLargeForTheCloud(String strategy) {
    long budget = scenario.memoryBudget(NodeId.CLOUD);
    return bytes() <= budget
        ? Optional.empty()
        : Optional.of(
            new Infeasible(
                "%s finds no room for the network's %s in the cloud's %s; raise --memory-cloud"
                    .formatted(strategy, mib(bytes()), mib(budget))));
  }

  /** Accuracy of a route, which runs this network and no other. */
  double accuracyOf(Route route) {
    if (!route.components().equals(chain)) {
      throw new IllegalArgumentException("not a route of the uncompressed network: " + route);
    }
    return accuracy;
  }

  /** Bytes of its parameters. */
  long bytes() {
    return chain.stream().mapToLong(Component::bytes).sum();
  }

  /** That no placement fits, with what there is. */
  Infeasible fitsNowhere(String strategy) {
    List<String> budgets = new ArrayList<>();
    for (int i = 0; i < scenario.nodes().size(); i++) {
      long budget = scenario.nodes().get(i).memoryBudgetBytes();
      budgets.add(
          (i == 0 ? "cloud " : "edge-" + i + " ")
              + (budget == Long.MAX_VALUE ? "unlimited" : mib(budget)));
    }
    return new Infeasible(
        "%s finds no room for the network's %s in the memory budgets (%s); raise one"
            .formatted(strategy, mib(bytes()), String.join(", ", budgets)));
  }

  static String mib(long bytes) {
    return String.format(Locale.ROOT, "%.1f MiB", bytes / MIB);
  }
}
