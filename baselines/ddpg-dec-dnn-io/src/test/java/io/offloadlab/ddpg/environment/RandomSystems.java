package io.offloadlab.ddpg.environment;

import io.offloadlab.branchynet.BranchyNet;
import io.offloadlab.graph.ModelGraph;
import io.offloadlab.graph.ResNets;
import io.offloadlab.graph.Shape;
import io.offloadlab.learning.random.SplitMix64;
import io.offloadlab.models.ModelProfile;
import io.offloadlab.strategy.Arrivals;
import io.offloadlab.strategy.LinkSpec;
import io.offloadlab.strategy.Scenario;
import io.offloadlab.strategy.SystemView;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Systems drawn at random, with the shipped network's exits and their measured accuracies. */
public final class RandomSystems {
  private static final ModelGraph BACKBONE = ResNets.resnet18(10, 64, Shape.of(3, 32, 32));
  private static final int[] CORES = {2, 4, 8, 16};
  private static final double[] THRESHOLDS = {0.77, 0.86, 0.92};

  private RandomSystems() {}

  public static ModelProfile profile() {
    return new ModelProfile(
        "cifar10",
        10000,
        "shared with the shipped model",
        null,
        Map.of(
            "exit-3", new ModelProfile.Exit(0.8105),
            "exit-5", new ModelProfile.Exit(0.9183),
            "exit-7", new ModelProfile.Exit(0.9241)),
        null,
        List.of(),
        null,
        1);
  }

  /** One drawn with plans that are worth their IPLA. */
  public static CollaborationModel draw(long seed) {
    return draw(seed, Objective.IPLA);
  }

  /**
   * Two devices of 1 to 20 GFLOP/s, a cloud of 2 to 16 cores and 10 to 100 GFLOP/s, links of 0.1 to
   * 10 MB/s and 1 to 50 ms, source and cloud's memory budget either way.
   */
  public static CollaborationModel draw(long seed, Objective objective) {
    SplitMix64 random = new SplitMix64(seed * 7919);
    List<SystemView.NodeView> nodes = new ArrayList<>();
    nodes.add(
        new SystemView.NodeView(
            "cloud", logUniform(random, 1e10, 1e11), CORES[random.nextInt(4)], 0, Map.of()));
    List<SystemView.LinkView> links = new ArrayList<>();
    for (int d = 1; d <= 2; d++) {
      nodes.add(
          new SystemView.NodeView("edge-" + d, logUniform(random, 1e9, 2e10), 2, 0, Map.of()));
      double rate = logUniform(random, 1e5, 1e7);
      links.add(new SystemView.LinkView(rate, rate, random.nextDouble(0.001, 0.05)));
    }
    boolean atCloud = random.nextBoolean();
    long budget = random.nextBoolean() ? Long.MAX_VALUE : BACKBONE.parameters();
    double threshold = THRESHOLDS[random.nextInt(3)];
    return model(nodes, links, atCloud, budget, threshold, objective);
  }

  static CollaborationModel model(
      List<SystemView.NodeView> nodes,
      List<SystemView.LinkView> links,
      boolean tasksAtCloud,
      long cloudBytes,
      double threshold) {
    return model(nodes, links, tasksAtCloud, cloudBytes, threshold, Objective.IPLA);
  }

  /** A system with one task in flight; tasks arise at the cloud. */
  static CollaborationModel oneAtATime(
      List<SystemView.NodeView> nodes, List<SystemView.LinkView> links) {
    return model(
        nodes, links, true, Long.MAX_VALUE, 0, Objective.LATENCY, new Arrivals.Sequential());
  }

  private static CollaborationModel model(
      List<SystemView.NodeView> nodes,
      List<SystemView.LinkView> links,
      boolean tasksAtCloud,
      long cloudBytes,
      double threshold,
      Objective objective) {
    // One task per device at once, which share the cloud.
    return model(
        nodes,
        links,
        tasksAtCloud,
        cloudBytes,
        threshold,
        objective,
        new Arrivals.Sequential(links.size() + 1));
  }

  private static CollaborationModel model(
      List<SystemView.NodeView> nodes,
      List<SystemView.LinkView> links,
      boolean tasksAtCloud,
      long cloudBytes,
      double threshold,
      Objective objective,
      Arrivals arrivals) {
    List<Scenario.NodeSpec> specs =
        Stream.concat(
                Stream.of(new Scenario.NodeSpec(1, cloudBytes)),
                links.stream().map(l -> new Scenario.NodeSpec(1, Long.MAX_VALUE)))
            .toList();
    Scenario scenario =
        new Scenario(
            "random",
            tasksAtCloud,
            specs,
            links.stream().map(l -> LinkSpec.UNSHAPED).toList(),
            arrivals,
            1,
            threshold,
            1);
    return new CollaborationModel(
        new BranchyNet(BACKBONE), profile(), scenario, new SystemView(1, nodes, links), objective);
  }

  private static double logUniform(SplitMix64 random, double low, double high) {
    return low * Math.pow(high / low, random.nextDouble());
  }
}
