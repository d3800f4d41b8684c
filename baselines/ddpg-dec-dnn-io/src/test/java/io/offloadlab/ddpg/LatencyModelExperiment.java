package io.offloadlab.ddpg;

import io.offloadlab.branchynet.BranchyNet;
import io.offloadlab.ddpg.environment.CollaborationModel;
import io.offloadlab.ddpg.environment.DevicePlan;
import io.offloadlab.ddpg.environment.Objective;
import io.offloadlab.models.ModelDirectory;
import io.offloadlab.models.ModelShelf;
import io.offloadlab.node.CloudNode;
import io.offloadlab.node.CloudSettings;
import io.offloadlab.node.EdgeNode;
import io.offloadlab.node.EdgeSettings;
import io.offloadlab.profile.ProfilingProgress;
import io.offloadlab.strategy.Arrivals;
import io.offloadlab.strategy.LinkSpec;
import io.offloadlab.strategy.NodeId;
import io.offloadlab.strategy.Route;
import io.offloadlab.strategy.Scenario;
import io.offloadlab.strategy.SystemView;
import io.offloadlab.strategy.Task;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The environment's latencies against the live runtime: predicted and measured mean latency of ten
 * plans, as in docs/ddpg.md. A round runs every plan once, so that drift meets all alike.
 *
 * <p>Arguments: rounds, images per task, link rate in Mbit/s (0 for unshaped).
 */
public final class LatencyModelExperiment {
  private static final List<DevicePlan> PLANS =
      List.of(
          new DevicePlan("exit-3", 0, 2),
          new DevicePlan("exit-3", 1, 1),
          new DevicePlan("exit-3", 2, 1),
          new DevicePlan("exit-5", 0, 1),
          new DevicePlan("exit-5", 3, 2),
          new DevicePlan("exit-5", 6, 1),
          new DevicePlan("exit-7", 0, 2),
          new DevicePlan("exit-7", 5, 1),
          new DevicePlan("exit-7", 7, 2),
          new DevicePlan("exit-7", 10, 1));

  private LatencyModelExperiment() {}

  /** Runs the experiment. */
  public static void main(String[] args) {
    int rounds = Integer.parseInt(args[0]);
    int batch = Integer.parseInt(args[1]);
    double rate = Double.parseDouble(args[2]) * 1e6 / 8;
    LinkSpec link = rate == 0 ? LinkSpec.UNSHAPED : new LinkSpec(rate, rate, 0.005);
    Scenario.NodeSpec node = new Scenario.NodeSpec(1, Long.MAX_VALUE);
    Scenario scenario =
        new Scenario(
            "experiment",
            true,
            List.of(node, node),
            List.of(link),
            new Arrivals.Sequential(2),
            batch,
            0,
            1);
    ModelDirectory shipped = ModelShelf.find().model("cifar10");
    BranchyNet network = new BranchyNet(shipped.network());
    int cores = Runtime.getRuntime().availableProcessors();
    try (CloudNode cloud =
            CloudNode.start(CloudSettings.of("127.0.0.1", 0, scenario, shipped.path(), cores));
        EdgeNode edge =
            EdgeNode.start(EdgeSettings.of("127.0.0.1", cloud.port(), "edge-1", cores))) {
      cloud.awaitEdges(Duration.ofSeconds(30));
      SystemView view =
          cloud.measure(
              network.components(),
              List.of(network.chain("exit-7")),
              batch,
              ProfilingProgress.SILENT);
      CollaborationModel model =
          new CollaborationModel(network, shipped.profile(), scenario, view, Objective.LATENCY);
      System.out.printf("%s measured, %d cores%n", edge.id(), cores);
      compare(cloud, model, batch, rounds);
    }
  }

  private static void compare(CloudNode cloud, CollaborationModel model, int batch, int rounds) {
    ByteBuffer images =
        ByteBuffer.allocateDirect(batch * 3 * 32 * 32 * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    List<Integer> indices = IntStream.range(0, batch).boxed().toList();
    double[] sum = new double[PLANS.size()];
    List<List<Double>> all = new ArrayList<>();
    PLANS.forEach(p -> all.add(new ArrayList<>()));
    for (int round = -2; round < rounds; round++) {
      for (int p = 0; p < PLANS.size(); p++) {
        Route route = model.route(0, PLANS.get(p));
        Task task = new Task(0, NodeId.CLOUD, NodeId.edge(1), 0, indices);
        double ms = cloud.execute(task, route, images).join().latency().totalMs();
        if (round >= 0) {
          sum[p] += ms / rounds;
          all.get(p).add(ms);
        }
      }
    }
    System.out.printf(
        "%-30s %12s %12s %8s %12s%n", "plan", "predicted ms", "measured ms", "error", "median ms");
    double errors = 0;
    for (int p = 0; p < PLANS.size(); p++) {
      double predicted = model.seconds(0, PLANS.get(p)) * 1e3;
      double error = (predicted - sum[p]) / sum[p] * 100;
      errors += Math.abs(error) / PLANS.size();
      Collections.sort(all.get(p));
      System.out.printf(
          "%-30s %12.2f %12.2f %7.1f%% %12.2f%n",
          PLANS.get(p), predicted, sum[p], error, all.get(p).get(rounds / 2));
    }
    System.out.printf("mean absolute error %.1f%%%n", errors);
  }
}
