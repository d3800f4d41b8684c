package io.offloadlab.bench.run;

import io.offloadlab.graph.Component;
import io.offloadlab.graph.ResNets;
import io.offloadlab.graph.Shape;
import io.offloadlab.graph.WeightRef;
import io.offloadlab.strategy.Arrivals;
import io.offloadlab.strategy.LinkSpec;
import io.offloadlab.strategy.NodeId;
import io.offloadlab.strategy.OffloadStrategy;
import io.offloadlab.strategy.Route;
import io.offloadlab.strategy.Scenario;
import io.offloadlab.strategy.Scenario.NodeSpec;
import io.offloadlab.strategy.SystemView;
import io.offloadlab.strategy.SystemView.LinkView;
import io.offloadlab.strategy.SystemView.NodeView;
import io.offloadlab.strategy.Task;
import io.offloadlab.view.Emulation;
import io.offloadlab.view.MeasuredView;
import io.offloadlab.view.SystemViewFile;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Small, made-up systems for tests of what surrounds the runtime. */
public final class FakeNetworks {
  /** A narrow ResNet-18's chain of components. */
  public static final List<Component> CHAIN =
      ResNets.resnet18(10, 8, Shape.of(3, 32, 32)).components(WeightRef.of("backbone.safetensors"));

  private FakeNetworks() {}

  /** Two unlimited edges on unshaped links. */
  public static Scenario scenario(int batch, double threshold) {
    return scenario(batch, threshold, new Arrivals.Sequential());
  }

  static Scenario scenario(int batch, double threshold, Arrivals arrivals) {
    return new Scenario(
        "test",
        true,
        Collections.nCopies(3, new NodeSpec(1, Long.MAX_VALUE)),
        Collections.nCopies(2, LinkSpec.UNSHAPED),
        arrivals,
        batch,
        threshold,
        1);
  }

  /** A view in which every node computes a GFLOP per second. */
  public static SystemView view() {
    return new SystemView(
        1,
        Collections.nCopies(3, new NodeView("n", 1e9, 2, 1L << 33, Map.of())),
        Collections.nCopies(2, new LinkView(1e8, 1e8, 1e-3)));
  }

  /** That view in a file, as measured at full speed on links as they are. */
  public static void writeView(Path file) {
    SystemViewFile.write(
        file,
        new MeasuredView(
            view(),
            new Emulation(List.of(1.0, 1.0, 1.0), Collections.nCopies(2, LinkSpec.UNSHAPED))),
        "now",
        "a test");
  }

  /** Tasks of some images each, round-robin over two edges. */
  public static List<Task> tasks(int count, int batch) {
    return IntStream.range(0, count)
        .mapToObj(
            i ->
                new Task(
                    i,
                    NodeId.CLOUD,
                    NodeId.edge(i % 2 + 1),
                    0,
                    IntStream.range(i * batch, (i + 1) * batch).boxed().toList()))
        .toList();
  }

  /** A strategy that takes one route, of accuracy 0.9. */
  public static OffloadStrategy always(Route route) {
    return new OffloadStrategy() {
      @Override
      public List<Component> components() {
        return route.components();
      }

      @Override
      public Route route(Task task, SystemView view) {
        return route;
      }

      @Override
      public double expectedAccuracy(Route chosen) {
        return 0.9;
      }
    };
  }
}
