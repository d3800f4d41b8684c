package io.offloadlab.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.offloadlab.failure.RunFailure;
import io.offloadlab.graph.Shape;
import io.offloadlab.strategy.NodeId;
import io.offloadlab.strategy.Task;
import io.offloadlab.wire.Message;
import io.offloadlab.wire.TensorPayload;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RemoteEdgeTest {
  private static final int MOST_BYTES = 16;

  private final EmbeddedChannel channel = new EmbeddedChannel();
  private final RemoteEdge edge =
      new RemoteEdge(
          NodeId.edge(1),
          new Message.Hello("edge-1", 1, 1, 1),
          channel,
          Duration.ofMinutes(1),
          MOST_BYTES);

  @AfterEach
  void close() {
    channel.finishAndReleaseAll();
  }

  @Test
  void request_overTheFrameLimit_failsAndForgetsWhoWaitedForReports() {
    AtomicBoolean told = new AtomicBoolean();
    AtomicLong number = new AtomicLong();

    var answer =
        edge.request(
            id -> {
              number.set(id);
              edge.onReached(id, entropies -> told.set(true));
              return new Message.Probe(id, 0, Unpooled.buffer().writeZero(MOST_BYTES + 1));
            },
            Message.Probed.class);
    edge.reached(new Message.Reached(number.get(), List.of()));

    assertThatThrownBy(answer::join)
        .hasCauseInstanceOf(RunFailure.class)
        .hasMessageContaining("over the frame limit of 16");
    assertThat(told).isFalse();
  }

  @Test
  void expire_afterPatienceIsOver_failsWhatIsNotAnswered() {
    RemoteEdge hurried =
        new RemoteEdge(
            NodeId.edge(1),
            new Message.Hello("edge-1", 1, 1, 1),
            channel,
            Duration.ZERO,
            MOST_BYTES);
    var answer =
        hurried.request(id -> new Message.Probe(id, 0, Unpooled.buffer()), Message.Probed.class);

    hurried.expire();

    assertThatThrownBy(answer::join)
        .hasCauseInstanceOf(RunFailure.class)
        .hasMessageContaining("edge-1 did not answer 'Probe' within PT0S");
  }

  @Test
  void expire_whilePatienceLasts_failsNothing() {
    var answer =
        edge.request(id -> new Message.Probe(id, 0, Unpooled.buffer()), Message.Probed.class);

    edge.expire();

    assertThat(answer).isNotDone();
  }

  @Test
  void walkToAnEdgeThatIsGone_failsOutsideItsMonitor() {
    edge.lost("pulled the plug");
    Task task = new Task(0, NodeId.edge(1), NodeId.edge(1), 0, List.of(0));
    Walk walk =
        new Walk(
            Itinerary.from(NodeId.edge(1)), task.batch(), null, id -> edge, Guidance.NONE, null);
    AtomicBoolean inside = new AtomicBoolean(true);
    var unused = walk.result().whenComplete((done, failure) -> inside.set(Thread.holdsLock(walk)));

    walk.begin(new TensorPayload(1, Shape.of(1), Unpooled.buffer().writeZero(Float.BYTES)));

    assertThatThrownBy(walk.result()::join).hasMessageContaining("pulled the plug");
    assertThat(inside).isFalse();
  }
}
