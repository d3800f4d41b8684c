package io.offloadlab.node;

import io.netty.buffer.ByteBuf;
import io.offloadlab.failure.RunFailure;
import io.offloadlab.graph.Shape;
import io.offloadlab.node.Execution.Stop;
import io.offloadlab.node.Itinerary.Leg;
import io.offloadlab.strategy.Hop;
import io.offloadlab.strategy.NodeId;
import io.offloadlab.wire.Message.Ran;
import io.offloadlab.wire.Message.Run;
import io.offloadlab.wire.Message.WithId;
import io.offloadlab.wire.Segment;
import io.offloadlab.wire.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * One task on its way along its route. Each leg is begun by whichever thread ended the one before:
 * an event loop or the compute thread; none of them waits.
 */
final class Walk {
  private final List<Leg> legs;
  private final int batch;
  private final ComponentHost cloud;
  private final Function<NodeId, RemoteEdge> edges;
  private final BiConsumer<Walk, Execution> observer;
  private final List<Stop> trace = new ArrayList<>();
  private final List<Long> moved = new ArrayList<>();
  private final CompletableFuture<Execution> result = new CompletableFuture<>();
  private Breakdown breakdown;

  /**
   * @param observer told of the execution before the result is complete
   */
  Walk(
      List<Leg> legs,
      int batch,
      ComponentHost cloud,
      Function<NodeId, RemoteEdge> edges,
      BiConsumer<Walk, Execution> observer) {
    this.legs = legs;
    this.batch = batch;
    this.cloud = cloud;
    this.edges = edges;
    this.observer = observer;
  }

  CompletableFuture<Execution> result() {
    return result;
  }

  List<Leg> legs() {
    return legs;
  }

  int batch() {
    return batch;
  }

  /** Only when the task has its result. */
  Breakdown breakdown() {
    return breakdown;
  }

  /** Bytes of each transfer, in the order of the trace. */
  List<Long> bytesMoved() {
    return moved;
  }

  void fail(Throwable why) {
    result.completeExceptionally(why);
  }

  /** The task arrives now, with its images, which are taken over. */
  void begin(Tensor images) {
    leg(0, images, System.nanoTime());
  }

  private void leg(int i, Tensor tensor, long receivedNanos) {
    if (result.isDone()) {
      tensor.release();
      return;
    }
    Leg leg = legs.get(i);
    if (leg.node().isCloud() && leg.hops().isEmpty()) {
      passed(i, Segment.passing(receivedNanos), tensor);
    } else if (leg.node().isCloud()) {
      after(
          cloud.compute(leg.steps(), tensor, receivedNanos),
          done -> passed(i, done.segment(), done.tensor()));
    } else {
      boolean last = i == legs.size() - 1;
      after(
          edges.apply(leg.node()).request(id -> run(id, i == 0, last, leg, tensor), Ran.class),
          ran -> ran(i, ran));
    }
  }

  @SuppressWarnings("FutureReturnValueIgnored") // Whatever goes wrong goes into the result.
  private <T> void after(CompletableFuture<T> work, Consumer<T> next) {
    work.thenAccept(next)
        .whenComplete(
            (done, failure) -> {
              if (failure != null) {
                result.completeExceptionally(Failures.cause(failure));
              }
            });
  }

  private static WithId run(long id, boolean arises, boolean stays, Leg leg, Tensor tensor) {
    return new Run(id, arises, stays, leg.steps(), tensor);
  }

  /** An edge is not trusted to have done what it was asked. */
  private void ran(int i, Ran ran) {
    Leg leg = legs.get(i);
    boolean fits =
        ran.tensor().batch() == batch
            && ran.tensor().shape().equals(shapeAfter(i))
            && ran.segment().hopNanos().size() == leg.hops().size()
            && ran.segment().queueNanos() >= 0
            && ran.segment().hopNanos().stream().allMatch(n -> n >= 0);
    if (!fits) {
      ran.release();
      throw new RunFailure(
          "%s was asked for %s and gave (%d, %s) after %d hops"
              .formatted(
                  edges.apply(leg.node()),
                  leg.hops(),
                  ran.tensor().batch(),
                  ran.tensor().shape(),
                  ran.segment().hopNanos().size()));
    }
    passed(i, ran.segment(), ran.tensor());
  }

  private Shape shapeAfter(int i) {
    for (int j = i; j >= 0; j--) {
      List<Hop> hops = legs.get(j).hops();
      if (!hops.isEmpty()) {
        return hops.get(hops.size() - 1).component().output();
      }
    }
    return legs.stream()
        .flatMap(l -> l.hops().stream())
        .findFirst()
        .orElseThrow()
        .component()
        .input();
  }

  private void passed(int i, Segment segment, Tensor tensor) {
    trace.add(new Stop(legs.get(i).node(), segment));
    if (i < legs.size() - 1) {
      moved.add((long) tensor.data().readableBytes());
      leg(i + 1, tensor, System.nanoTime());
      return;
    }
    float[][] logits = logits(tensor);
    breakdown = new Breakdown(trace, edge -> edges.apply(edge).clock().nanos());
    Execution execution = new Execution(logits, breakdown.latency(), trace);
    observer.accept(this, execution);
    result.complete(execution);
  }

  private static float[][] logits(Tensor tensor) {
    try {
      ByteBuf data = tensor.data();
      int classes = Math.toIntExact(tensor.shape().elements());
      float[][] logits = new float[tensor.batch()][classes];
      int at = data.readerIndex();
      for (float[] scores : logits) {
        for (int c = 0; c < classes; c++, at += Float.BYTES) {
          scores[c] = data.getFloatLE(at);
        }
      }
      return logits;
    } finally {
      tensor.release();
    }
  }
}
