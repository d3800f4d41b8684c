package io.offloadlab.node;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.offloadlab.graph.Component;
import io.offloadlab.graph.ResNets;
import io.offloadlab.graph.WeightRef;
import io.offloadlab.strategy.Hop;
import io.offloadlab.strategy.LinkSpec;
import io.offloadlab.strategy.NodeId;
import io.offloadlab.strategy.Route;
import io.offloadlab.strategy.StrategyContext;
import io.offloadlab.strategy.Task;
import io.offloadlab.strategy.TaskRecord.Latency;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * What the executor itself costs: end-to-end latency minus computing minus the wire time of the
 * bytes. The wire time is that of {@link PlainEcho}, which sends as many bytes over the same kind
 * of connection, in turns with the tasks. Batch 1, loopback, ResNet-18 of width 64; run it as
 *
 * <pre>java -cp (test class path) io.offloadlab.node.ExecutorOverheadBenchmark models/cifar10</pre>
 *
 * <p>Each line gives a quantile over the measured tasks in milliseconds (the median, and the lowest
 * tenth: what it costs when nothing else wants the processor), and the overhead as a part of the
 * end-to-end latency.
 */
public final class ExecutorOverheadBenchmark {
  private static final int WARM_UP = 150;
  private static final int MEASURED = 300;

  private ExecutorOverheadBenchmark() {}

  public static void main(String[] args) throws IOException {
    Path models = Path.of(args.length > 0 ? args[0] : "models/cifar10");
    List<Component> chain =
        ResNets.resnet18(10, 64, SmallNetwork.IMAGE)
            .components(WeightRef.of(StrategyContext.BACKBONE_WEIGHTS));
    NodeId cloud = NodeId.CLOUD;
    NodeId one = NodeId.edge(1);
    NodeId two = NodeId.edge(2);
    Map<String, Route> routes = new LinkedHashMap<>();
    routes.put("all on the cloud", Route.onOneNode(chain, cloud));
    routes.put("all on an edge", Route.onOneNode(chain, one));
    routes.put("root on the cloud, rest on an edge", Route.split(chain, 1, cloud, one));
    routes.put("half on the cloud, half on an edge", Route.split(chain, 5, cloud, one));
    routes.put("half on edge 1, half on edge 2", Route.split(chain, 5, one, two));
    Path cache = Files.createTempDirectory("offloadlab-benchmark");
    try (TestSystem system =
            TestSystem.start(TestSystem.scenario(2, LinkSpec.UNSHAPED), models, cache);
        PlainEcho echo = new PlainEcho()) {
      System.out.printf(
          "%-36s %4s %8s %8s %8s %8s %8s %7s%n",
          "route (ms)", "q", "total", "compute", "wire", "queue", "overhead", "of all");
      routes.forEach((name, route) -> print(name, measure(system.cloud(), echo, route)));
    } finally {
      try (var files = Files.walk(cache)) {
        for (Path p : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(p);
        }
      }
    }
  }

  /** Of one task, or a quantile over all, in milliseconds. */
  private record Result(double total, double compute, double wire, double queue, double rest) {
    double overhead() {
      return rest - wire;
    }
  }

  private static List<Result> measure(CloudNode cloud, PlainEcho echo, Route route) {
    ByteBuffer image = SmallNetwork.images(1, 1);
    Task task = new Task(0, NodeId.CLOUD, NodeId.edge(1), 0, List.of(0));
    List<int[]> exchanges = exchanges(route);
    ByteBuf bytes = Unpooled.directBuffer(1 << 20).writerIndex(1 << 20);
    List<Result> results = new ArrayList<>();
    for (int i = 0; i < WARM_UP + MEASURED; i++) {
      double wire = 0;
      for (int[] e : exchanges) {
        wire += echo.exchangeMs(bytes.slice(0, e[0]), e[1]);
      }
      Latency l = cloud.execute(task, route, image).join().latency();
      if (i >= WARM_UP) {
        double compute = l.cloudMs() + l.edgeMs();
        results.add(new Result(l.totalMs(), compute, wire, l.queueMs(), l.totalMs() - compute));
      }
    }
    bytes.release();
    return results;
  }

  /** Bytes of tensors there and back, for each stay on an edge. */
  private static List<int[]> exchanges(Route route) {
    List<int[]> exchanges = new ArrayList<>();
    List<Hop> hops = route.hops();
    for (int i = 0; i < hops.size(); i++) {
      NodeId node = hops.get(i).node();
      boolean comes = i == 0 || !hops.get(i - 1).node().equals(node);
      boolean goes = i == hops.size() - 1 || !hops.get(i + 1).node().equals(node);
      if (!node.isCloud() && comes) {
        exchanges.add(new int[] {(int) hops.get(i).component().input().bytes(), 0});
      }
      if (!node.isCloud() && goes) {
        exchanges.get(exchanges.size() - 1)[1] = (int) hops.get(i).component().output().bytes();
      }
    }
    return exchanges;
  }

  private static double quantile(double q, List<Result> results, ToDoubleFunction<Result> value) {
    double[] sorted = results.stream().mapToDouble(value).sorted().toArray();
    return sorted[(int) (q * sorted.length)];
  }

  private static void print(String name, List<Result> results) {
    for (double q : new double[] {0.5, 0.1}) {
      Result r =
          new Result(
              quantile(q, results, Result::total),
              quantile(q, results, Result::compute),
              quantile(q, results, Result::wire),
              quantile(q, results, Result::queue),
              quantile(q, results, Result::rest));
      System.out.printf(
          "%-36s %4.1f %8.3f %8.3f %8.3f %8.3f %8.3f %6.1f%%%n",
          name, q, r.total, r.compute, r.wire, r.queue, r.overhead(), 100 * r.overhead() / r.total);
    }
  }
}
