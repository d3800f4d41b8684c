package io.offloadlab.performance;

import io.offloadlab.node.TensorTrips;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The round trip of a tensor over loopback: between our nodes, as a plain echo of as many bytes,
 * and with gRPC. Trips follow one another, each begun where the one before ended.
 */
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 3, time = 1)
public class TransportBenchmark {
  static final int TRIPS = 32;

  /** What is sent. */
  @State(Scope.Benchmark)
  public static class Values {
    /** Size of the tensor. */
    @Param({"16", "64", "256", "1024"})
    public int kibibytes;

    ByteBuffer tensor;

    /** Distinct values. */
    @Setup
    public void fill() {
      tensor = ByteBuffer.allocateDirect(kibibytes << 10).order(ByteOrder.LITTLE_ENDIAN);
      for (int i = 0; i < tensor.capacity(); i += Float.BYTES) {
        tensor.putFloat(i, i);
      }
    }
  }

  /** Our nodes. */
  @State(Scope.Benchmark)
  public static class Nodes {
    private TensorTrips trips;

    /** Starts them. */
    @Setup
    public void connect() {
      trips = new TensorTrips();
    }

    /** Stops them. */
    @TearDown
    public void close() {
      trips.close();
    }
  }

  /** Blocking sockets. */
  @State(Scope.Benchmark)
  public static class Plain {
    private PlainEcho echo;

    /** Connects them. */
    @Setup
    public void connect(Values values) {
      echo = new PlainEcho(values.tensor.capacity());
    }

    /** Disconnects them. */
    @TearDown
    public void close() {
      echo.close();
    }
  }

  /** A server and a client of gRPC. */
  @State(Scope.Benchmark)
  public static class Grpc {
    private GrpcEcho echo;

    /** Connects them. */
    @Setup
    public void connect() {
      echo = new GrpcEcho();
    }

    /** Disconnects them. */
    @TearDown
    public void close() {
      echo.close();
    }
  }

  /** Our nodes, in full. */
  @Benchmark
  @OperationsPerInvocation(TRIPS)
  public ByteBuffer ours(Values values, Nodes nodes) {
    return nodes.trips.trips(values.tensor, TRIPS);
  }

  /** The floor: two blocking sockets, and nothing that says what the bytes are. */
  @Benchmark
  @OperationsPerInvocation(TRIPS)
  public ByteBuffer plainEcho(Values values, Plain plain) {
    return plain.echo.trips(values.tensor, TRIPS);
  }

  /** A bidirectional stream of gRPC, with its bytes as they are and no thread but its own. */
  @Benchmark
  @OperationsPerInvocation(TRIPS)
  public ByteBuffer grpc(Values values, Grpc grpc) {
    return grpc.echo.trips(values.tensor, TRIPS);
  }
}
