package io.offloadlab.performance;

import io.offloadlab.nn.ChoosingEngine;
import io.offloadlab.nn.ChoosingProgram;
import io.offloadlab.nn.Engine;
import io.offloadlab.nn.Engines;
import io.offloadlab.nn.HostTensor;
import io.offloadlab.nn.Part;
import io.offloadlab.nn.Tensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Random;
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
 * A whole network on one node, from bytes to bytes: as our nodes run it, with ONNX Runtime called
 * directly, and as frozen TorchScript.
 */
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 3, time = 1)
public class InferenceBenchmark {
  private static final long WARM_NANOS = 1_000_000_000L;

  /** What runs. */
  @State(Scope.Benchmark)
  public static class Network {
    /** As {@link Networks#chain} takes it. */
    @Param({"full", "exit-3", "exit-5", "legodnn"})
    public String network;

    /** Images. */
    @Param({"1", "128"})
    public int batch;

    /** Cores. */
    @Param({"1", "2"})
    public int threads;

    List<Part> chain;
    ByteBuffer images;

    /** Reads the weights. */
    @Setup
    public void read() {
      chain = Networks.parts(network);
      long bytes = chain.get(0).component().input().bytes() * batch;
      images = ByteBuffer.allocateDirect(Math.toIntExact(bytes)).order(ByteOrder.LITTLE_ENDIAN);
      Random random = new Random(1);
      while (images.hasRemaining()) {
        images.putFloat((float) random.nextGaussian());
      }
      images.flip();
    }
  }

  /** As a node runs it. */
  @State(Scope.Benchmark)
  public static class Ours {
    private ChoosingEngine engine;
    private ChoosingProgram program;

    /** Loads it, and finds the fastest way. */
    @Setup
    public void load(Network network) {
      engine = ChoosingEngine.open(Engines.AUTO, Engine.Processor.CPU, network.threads);
      program = engine.load(network.chain);
      // As on a node, which has run for a while when it measures: the compilers are done with this.
      long begun = System.nanoTime();
      while (System.nanoTime() - begun < WARM_NANOS) {
        run(network);
      }
      program.choose(network.batch);
    }

    private byte run(Network network) {
      try (Tensor x =
              HostTensor.over(
                  network.images, network.batch, network.chain.get(0).component().input());
          Tensor y = program.run(x)) {
        return y.bytes().get(0);
      }
    }

    /** Unloads it. */
    @TearDown
    public void close() {
      engine.close();
    }
  }

  /** ONNX Runtime. */
  @State(Scope.Benchmark)
  public static class OnnxRuntime {
    private DirectOnnxRuntime runtime;

    /** Loads the network. */
    @Setup
    public void load(Network network) {
      runtime =
          new DirectOnnxRuntime(
              network.chain, network.images.duplicate(), network.batch, network.threads);
    }

    /** Unloads it. */
    @TearDown
    public void close() {
      runtime.close();
    }
  }

  /** TorchScript. */
  @State(Scope.Benchmark)
  public static class TorchScript {
    private FrozenTorchScript script;

    /** Starts a process. */
    @Setup
    public void start(Network network) {
      script =
          new FrozenTorchScript(Networks.frozen(network.network), network.batch, network.threads);
    }

    /** Ends it. */
    @TearDown
    public void close() {
      script.close();
    }
  }

  /** From the bytes that came to the bytes that go on. */
  @Benchmark
  public byte ours(Network network, Ours ours) {
    return ours.run(network);
  }

  /** The same network as one model. */
  @Benchmark
  public float[][] onnxRuntime(OnnxRuntime rival) {
    return rival.runtime.run();
  }

  /** The same network with random weights. */
  @Benchmark
  public double frozenTorchScript(TorchScript rival) {
    return rival.script.run(1);
  }
}
