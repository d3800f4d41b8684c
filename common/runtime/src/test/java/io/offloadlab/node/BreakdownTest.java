package io.offloadlab.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.offloadlab.node.Execution.Stop;
import io.offloadlab.strategy.NodeId;
import io.offloadlab.strategy.TaskRecord.Latency;
import io.offloadlab.wire.Segment;
import java.util.List;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class BreakdownTest {
  private static final long MS = 1_000_000;
  private static final NodeId EDGE = NodeId.edge(1);

  /** Cloud (2 ms, after 1 in the queue), down 5, edge (3 ms, after 4 in the queue), up 6. */
  private static List<Stop> thereAndBack(long edgeAheadNanos) {
    long e = edgeAheadNanos;
    return List.of(
        new Stop(NodeId.CLOUD, new Segment(0, MS, ran(2 * MS), 0)),
        new Stop(EDGE, new Segment(8 * MS + e, 12 * MS + e, ran(MS, 2 * MS), 0)),
        new Stop(NodeId.CLOUD, Segment.passing(21 * MS)));
  }

  private static List<Segment.Stretch> ran(long... nanos) {
    return LongStream.of(nanos).mapToObj(n -> new Segment.Stretch(1, n)).toList();
  }

  @Test
  void latency_withTheClocksKnown_saysWhereTheTimeWent() {
    Latency l = new Breakdown(thereAndBack(777 * MS), edge -> 777 * MS).latency();

    assertThat(l).isEqualTo(new Latency(21, 3, 2, 6, 5, 5));
  }

  @Test
  void latency_withAnOffsetThatMakesATransferNegative_isBoundedByTheTrace() {
    Latency l = new Breakdown(thereAndBack(0), edge -> 9 * MS).latency();

    assertThat(l.downlinkMs()).isZero();
    assertThat(l.uplinkMs()).isEqualTo(11);
  }

  @Test
  void latency_ofATaskFromAnEdge_isOnThatEdgesClock() {
    long e = -50 * MS;
    List<Stop> trace =
        List.of(
            new Stop(EDGE, new Segment(e, e, ran(2 * MS), 0)),
            new Stop(NodeId.CLOUD, new Segment(5 * MS, 5 * MS, ran(4 * MS), 0)),
            new Stop(EDGE, Segment.passing(10 * MS + e)));

    Latency l = new Breakdown(trace, edge -> e).latency();

    assertThat(l).isEqualTo(new Latency(10, 2, 4, 3, 1, 0));
  }

  @Property
  void latency_whateverTheOffset_addsUp(
      @ForAll @LongRange(min = -1_000_000_000_000L, max = 1_000_000_000_000L) long ahead,
      @ForAll @LongRange(min = -1_000_000_000_000L, max = 1_000_000_000_000L) long guess) {
    Latency l = new Breakdown(thereAndBack(ahead), edge -> guess).latency();

    assertThat(l.edgeMs() + l.cloudMs() + l.uplinkMs() + l.downlinkMs() + l.queueMs())
        .isCloseTo(l.totalMs(), within(1e-9));
    assertThat(l.uplinkMs()).isNotNegative();
    assertThat(l.downlinkMs()).isNotNegative();
  }
}
