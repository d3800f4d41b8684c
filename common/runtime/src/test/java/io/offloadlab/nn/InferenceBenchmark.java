package io.offloadlab.nn;

import io.offloadlab.graph.Component;
import io.offloadlab.graph.Shape;
import io.offloadlab.models.ModelDirectory;
import io.offloadlab.models.ModelShelf;
import io.offloadlab.weights.ComponentWeights;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Milliseconds for a component of the shipped network, or for all of them one after the other. With
 * the system property {@code offloadlab.nn.layerByLayer=true}, without fused operations.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 2, time = 2)
@Measurement(iterations = 3, time = 3)
public class InferenceBenchmark {
  @Param({"1", "128"})
  int batch;

  @Param({"1", "2"})
  int threads;

  @Param({
    "all", "root", "block-0", "block-1", "block-2", "block-3", "block-4", "block-5", "block-6",
    "block-7", "head"
  })
  String component;

  private Engine engine;
  private Tensor input;
  private List<Program> chain;

  /** Loads the weights. */
  @Setup
  public void load() {
    ModelShelf shelf = ModelShelf.find();
    ModelDirectory model = shelf.model(shelf.defaultDataset());
    List<Component> components =
        model.network().components(model.backbone()).stream()
            .filter(c -> component.equals("all") || component.equals(c.name()))
            .toList();
    engine = Engine.open(Engine.Processor.CPU, threads);
    chain =
        components.stream()
            .map(c -> engine.load(c, ComponentWeights.read(model.path(), c)))
            .toList();
    Shape shape = components.get(0).input();
    input = engine.wrap(EngineGraphs.direct(EngineGraphs.batch(shape, batch, 1)), batch, shape);
  }

  /** Frees everything. */
  @TearDown
  public void close() {
    engine.close();
  }

  /** From the input to the bytes that would go on the wire. */
  @Benchmark
  public byte inference() {
    Tensor x = input;
    for (Program c : chain) {
      Tensor y = c.run(x);
      if (x != input) {
        x.close();
      }
      x = y;
    }
    try (Tensor output = x) {
      return output.bytes().get(0);
    }
  }
}
