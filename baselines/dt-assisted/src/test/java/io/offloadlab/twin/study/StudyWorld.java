package io.offloadlab.twin.study;

import io.offloadlab.graph.NetworkFamilies;
import io.offloadlab.graph.Shape;
import io.offloadlab.models.ModelProfile;
import io.offloadlab.sim.SimulationOptions;
import io.offloadlab.sim.SimulationOptions.BackgroundLoad;
import io.offloadlab.sim.SimulationReport;
import io.offloadlab.sim.Simulator;
import io.offloadlab.strategy.Arrivals;
import io.offloadlab.strategy.LinkSpec;
import io.offloadlab.strategy.Scenario;
import io.offloadlab.strategy.Scenario.NodeSpec;
import io.offloadlab.strategy.StrategyContext;
import io.offloadlab.strategy.SystemView;
import io.offloadlab.strategy.SystemView.LinkView;
import io.offloadlab.strategy.SystemView.NodeView;
import io.offloadlab.strategy.Task;
import io.offloadlab.strategy.TaskRecord;
import io.offloadlab.stream.TaskStream;
import io.offloadlab.twin.policy.BoundaryStrategy;
import io.offloadlab.twin.policy.UtilityMeter;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The system of the study: one device on 4G at a quarter of the cloud's speed with 8 MiB for
 * parameters, as in the scenario {@code iot-4g}, and a cloud of 50 GFLOP/s that others keep 30%
 * busy.
 *
 * @param rate tasks per second
 * @param seed of arrivals, of others and of learning
 * @param tasks length of the stream
 */
public record StudyWorld(double rate, long seed, int tasks) {
  private static final double CLOUD_FLOPS = 50e9;
  private static final double SLOWER = 4;
  private static final double BYTES_PER_SECOND = 5.85e6 / 8;
  private static final double RTT = 0.02;
  private static final long MEMORY = 8L << 20;
  private static final int CLASSES = 10;
  private static final int WIDTH = 64;
  public static final BackgroundLoad OTHERS = new BackgroundLoad(15, 0.02);

  /** What was measured of the exits with the shipped CIFAR-10 weights. */
  private static final ModelProfile PROFILE =
      new ModelProfile(
          "cifar10",
          10_000,
          "models/cifar10/profile.json",
          null,
          Map.of(
              "exit-3", new ModelProfile.Exit(0.8105),
              "exit-5", new ModelProfile.Exit(0.9183),
              "exit-7", new ModelProfile.Exit(0.9241)),
          null,
          List.of(),
          null,
          1);

  public StrategyContext context(double threshold) {
    Scenario scenario =
        new Scenario(
            "study",
            false,
            List.of(new NodeSpec(1, Long.MAX_VALUE), new NodeSpec(1 / SLOWER, MEMORY)),
            List.of(new LinkSpec(BYTES_PER_SECOND, BYTES_PER_SECOND, RTT)),
            new Arrivals.Poisson(rate),
            1,
            threshold,
            seed);
    return new StrategyContext(
        NetworkFamilies.build("resnet18", CLASSES, WIDTH, Shape.of(3, 32, 32)),
        PROFILE,
        scenario,
        Map.of());
  }

  public SystemView view() {
    return new SystemView(
        1,
        List.of(
            new NodeView("cloud", CLOUD_FLOPS, 4, 16L << 30, Map.of()),
            new NodeView("edge-1", CLOUD_FLOPS / SLOWER, 1, 1L << 30, Map.of())),
        List.of(new LinkView(BYTES_PER_SECOND, BYTES_PER_SECOND, RTT)));
  }

  double[] arrivals() {
    double[] times = new double[tasks];
    for (Task task : stream(context(0))) {
      times[task.id()] = task.arrivalSeconds();
    }
    return times;
  }

  private TaskStream stream(StrategyContext context) {
    return new TaskStream(context.scenario(), 10_000, tasks);
  }

  /** Runs a policy over the stream and measures its utility after the first tasks. */
  public UtilityMeter run(BoundaryStrategy policy, int skip) {
    UtilityMeter meter = new UtilityMeter(policy.chains(), policy.settings(), view(), skip);
    var unused = run(policy, meter);
    return meter;
  }

  /** Runs a policy over the stream and closes it; what it counted can still be read. */
  public SimulationReport run(BoundaryStrategy policy, Consumer<TaskRecord> sink) {
    try (policy) {
      return new Simulator(
              policy.context().scenario(), view(), SimulationOptions.DEFAULT.with(OTHERS))
          .run(stream(policy.context()), policy, sink);
    }
  }
}
