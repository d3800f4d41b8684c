package io.offloadlab.node;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.offloadlab.graph.Shape;
import io.offloadlab.nn.Engine;
import io.offloadlab.nn.LoadedComponent;
import io.offloadlab.nn.TensorBuffers;
import io.offloadlab.profile.Medians;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Measures components on the compute thread, on which it must be called. */
final class ComponentTimer {
  private final Engine engine;
  private final ComputeThread compute;

  ComponentTimer(Engine engine, ComputeThread compute) {
    this.engine = engine;
    this.compute = compute;
  }

  /**
   * One round to warm up and then the timed ones; in each the components take turns.
   *
   * @return median seconds per component, emulated slowness included
   */
  List<Double> seconds(List<LoadedComponent> components, int batch, int rounds) {
    List<List<Double>> seconds = new ArrayList<>();
    long largest = 0;
    for (LoadedComponent c : components) {
      seconds.add(new ArrayList<>());
      largest = Math.max(largest, c.component().input().bytes());
    }
    ByteBuffer zeros = ByteBuffer.allocateDirect(Math.toIntExact(largest * batch));
    for (int round = -1; round < rounds; round++) {
      for (int i = 0; i < components.size(); i++) {
        double took = once(components.get(i), zeros, batch);
        if (round >= 0) {
          seconds.get(i).add(took);
        }
      }
    }
    return seconds.stream().map(Medians::of).toList();
  }

  private double once(LoadedComponent component, ByteBuffer zeros, int batch) {
    Shape shape = component.component().input();
    ByteBuffer input = zeros.slice(0, Math.toIntExact(shape.bytes() * batch));
    try (NDManager manager = engine.newManager()) {
      long start = System.nanoTime();
      NDArray x = TensorBuffers.wrap(manager, input, EngineShapes.of(batch, shape));
      NDArray y = component.run(x);
      long end = compute.finish(start);
      y.close();
      return (end - start) / 1e9;
    }
  }
}
