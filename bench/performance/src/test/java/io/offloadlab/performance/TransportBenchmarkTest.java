package io.offloadlab.performance;

import static org.assertj.core.api.Assertions.assertThat;

import io.offloadlab.performance.TransportBenchmark.Grpc;
import io.offloadlab.performance.TransportBenchmark.Nodes;
import io.offloadlab.performance.TransportBenchmark.Plain;
import io.offloadlab.performance.TransportBenchmark.Values;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Whoever carries the tensor brings its bytes back as they were")
class TransportBenchmarkTest {
  private final TransportBenchmark benchmark = new TransportBenchmark();
  private final Values values = new Values();

  @BeforeEach
  void fill() {
    values.kibibytes = 256;
    values.fill();
  }

  @Test
  void ours() {
    Nodes nodes = new Nodes();
    nodes.connect();
    try {
      assertThat(benchmark.ours(values, nodes)).isEqualTo(values.tensor);
    } finally {
      nodes.close();
    }
  }

  @Test
  void plainEcho() {
    Plain plain = new Plain();
    plain.connect(values);
    try {
      assertThat(benchmark.plainEcho(values, plain)).isEqualTo(values.tensor);
    } finally {
      plain.close();
    }
  }

  @Test
  void grpc() {
    Grpc grpc = new Grpc();
    grpc.connect();
    try {
      assertThat(benchmark.grpc(values, grpc)).isEqualTo(values.tensor);
    } finally {
      grpc.close();
    }
  }
}
