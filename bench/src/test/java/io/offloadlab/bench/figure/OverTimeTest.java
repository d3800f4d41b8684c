package io.offloadlab.bench.figure;

import static org.assertj.core.api.Assertions.assertThat;

import io.offloadlab.bench.figure.Figure.Line;
import io.offloadlab.bench.figure.OverTime.Link;
import io.offloadlab.bench.figure.OverTime.Stream;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class OverTimeTest {
  private static final Link DROP =
      new Link("edge-1", new double[] {0, 10, 20, 900}, new double[] {8, 0.8, 8, 4});

  @Test
  void of_linksThatStay_drawsNothing() {
    assertThat(OverTime.of(List.of(), List.of())).isEmpty();
  }

  @Test
  @DisplayName("rates are steps up to the end of the longest stream")
  void of_aDrop_drawsItsSteps() {
    Stream stream = new Stream("a", new double[] {0, 30}, new double[] {10, 10_000});

    Figure rates = OverTime.of(List.of(stream), List.of(DROP)).get(0);

    assertThat(rates.id()).isEqualTo("links");
    Line line = (Line) rates.series().get(0);
    assertThat(line.steps()).isTrue();
    assertThat(line.x()).containsExactly(0, 10, 20, 40);
    assertThat(line.y()).containsExactly(8, 0.8, 8, 8);
  }

  @Test
  @DisplayName(
      "latency over time is the mean of those that began within the same second of a hundred")
  void of_streams_drawsMeansOverTime() {
    Stream stream =
        new Stream("a", new double[] {0, 0.5, 50.2, 99}, new double[] {10, 30, 70, 1000});

    Figure latency = OverTime.of(List.of(stream), List.of(DROP)).get(1);

    assertThat(latency.id()).isEqualTo("latency-over-time");
    Line line = (Line) latency.series().get(0);
    assertThat(line.x()).containsExactly(0, 50, 99);
    assertThat(line.y()).containsExactly(20, 70, 1000);
  }
}
