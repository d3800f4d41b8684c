package io.offloadlab.node;

import io.netty.buffer.ByteBuf;
import io.offloadlab.failure.RunFailure;
import io.offloadlab.graph.Shape;
import io.offloadlab.node.Execution.Stop;
import io.offloadlab.node.Itinerary.Leg;
import io.offloadlab.strategy.Hop;
import io.offloadlab.strategy.NodeId;
import io.offloadlab.wire.Message;
import io.offloadlab.wire.Message.Ran;
import io.offloadlab.wire.Message.Run;
import io.offloadlab.wire.Message.Step;
import io.offloadlab.wire.Message.WithId;
import io.offloadlab.wire.Segment;
import io.offloadlab.wire.TensorPayload;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * One task on its way along its route. Each leg is begun by whichever thread ended the one before:
 * an event loop or the compute thread; none of them waits.
 */
final class Walk {
  /** How a leg that has begun is told more. */
  private interface Told {
    void next(List<Step> steps, boolean last, boolean stays, boolean ends);
  }

  private final int batch;
  private final ComponentHost cloud;
  private final Function<NodeId, RemoteEdge> edges;
  private final Guidance guidance;
  private final BiConsumer<Walk, Execution> observer;
  private final List<Stop> trace = new ArrayList<>();
  private final List<Long> moved = new ArrayList<>();
  private final CompletableFuture<Execution> result = new CompletableFuture<>();
  private Breakdown breakdown;

  /** Guarded by this, as is {@link #told}: both a leg's end and its guidance change them. */
  private Itinerary course;

  /** Null unless the open leg has begun. */
  private Told told;

  /**
   * @param course where it goes; an open one goes on as {@link #goOn}, {@link #goTo} and {@link
   *     #end} say
   * @param guidance told how it goes
   * @param observer told of the execution before the result is complete
   */
  Walk(
      Itinerary course,
      int batch,
      ComponentHost cloud,
      Function<NodeId, RemoteEdge> edges,
      Guidance guidance,
      BiConsumer<Walk, Execution> observer) {
    this.course = course;
    this.batch = batch;
    this.cloud = cloud;
    this.edges = edges;
    this.guidance = guidance;
    this.observer = observer;
  }

  CompletableFuture<Execution> result() {
    return result;
  }

  synchronized List<Leg> legs() {
    return course.legs();
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

  /** Ends the task; a node that waits for word where it goes on is told not to. */
  void fail(Throwable why) {
    result.completeExceptionally(why);
    synchronized (this) {
      if (told != null) {
        told.next(List.of(), true, false, false);
        told = null;
      }
    }
  }

  /** The task arrives now, with its images, which are taken over. */
  void begin(TensorPayload images) {
    leg(0, images, System.nanoTime());
  }

  /** Runs these hops where the walk is now, then waits for more. */
  synchronized void goOn(List<Hop> hops) {
    change(course.then(hops));
  }

  /** Goes to a node, and waits there for more. */
  synchronized void goTo(NodeId node) {
    change(course.to(node));
  }

  /** Runs these hops and brings the result to the source. */
  synchronized void end(List<Hop> hops) {
    change(course.then(hops).ended());
  }

  private void change(Itinerary further) {
    int at = course.last();
    int known = course.legs().get(at).hops().size();
    course = further;
    if (told != null) {
      List<Step> steps = course.legs().get(at).steps();
      boolean over = !isOpen(at);
      told.next(steps.subList(known, steps.size()), over, over && course.last() == at, endsOn(at));
      told = over ? null : told;
    }
  }

  private boolean isOpen(int i) {
    return course.open() && course.last() == i;
  }

  /** Not under the monitor: what is there already goes on at once, as far as the result. */
  private void leg(int i, TensorPayload tensor, long receivedNanos) {
    Leg leg;
    boolean passes;
    synchronized (this) {
      leg = course.legs().get(i);
      passes = leg.hops().isEmpty() && !isOpen(i);
    }
    if (result.isDone()) {
      tensor.release();
    } else if (!leg.node().isCloud()) {
      RemoteEdge edge = edges.apply(leg.node());
      after(edge.request(id -> run(id, edge, i, tensor), Ran.class), ran -> ran(i, ran));
    } else if (passes) {
      passed(i, Segment.passing(receivedNanos), tensor);
    } else {
      after(
          cloud.compute(agenda(i), tensor, receivedNanos, guidance.expectedSeconds()),
          done -> passed(i, done.segment(), done.tensor()));
    }
  }

  private synchronized Agenda agenda(int i) {
    List<Step> steps = course.legs().get(i).steps();
    if (!awaitsGuidance(i)) {
      return Agenda.of(steps, endsOn(i));
    }
    Agenda agenda = Agenda.open(steps, said -> reached(i, said));
    told = (more, last, stays, ends) -> agenda.add(more, last, ends);
    return agenda;
  }

  private synchronized WithId run(long id, RemoteEdge edge, int i, TensorPayload tensor) {
    boolean open = awaitsGuidance(i);
    boolean reports = open && guidance.wantsReports();
    if (open) {
      told = (more, last, stays, ends) -> edge.tell(new Message.Next(id, last, stays, ends, more));
      edge.onReached(id, said -> reached(i, said));
    }
    boolean stays = !course.open() && course.last() == i;
    return new Run(
        id, i == 0, stays, endsOn(i), open, reports, course.legs().get(i).steps(), tensor);
  }

  private boolean endsOn(int i) {
    return course.endsOn(i);
  }

  /** An edge is not trusted to have judged what it was asked to. */
  private void reached(int i, List<Double> entropies) {
    List<Hop> hops = legs().get(i).hops();
    boolean judged = !hops.isEmpty() && hops.get(hops.size() - 1).sideBranch();
    boolean fits =
        entropies.size() == (judged ? batch : 0)
            && entropies.stream().allMatch(h -> h >= 0 && h < Double.POSITIVE_INFINITY);
    if (fits) {
      guidance.reached(entropies);
    } else {
      fail(
          new RunFailure(
              String.format(
                  Locale.ROOT,
                  "%s was asked for %s and judged %d of %d samples",
                  legs().get(i).node(),
                  hops,
                  entropies.size(),
                  judged ? batch : 0)));
    }
  }

  /** A task that has failed meanwhile is told nothing more: its node must not wait for word. */
  private boolean awaitsGuidance(int i) {
    return isOpen(i) && !result.isDone();
  }

  private <T> void after(CompletableFuture<T> work, Consumer<T> next) {
    var unused =
        work.whenComplete(
            (value, failure) -> {
              if (failure != null) {
                result.completeExceptionally(Failures.cause(failure));
                return;
              }
              try {
                next.accept(value);
              } catch (RuntimeException | Error e) {
                result.completeExceptionally(e);
              }
            });
  }

  /** An edge is not trusted to have done what it was asked. */
  private void ran(int i, Ran ran) {
    Leg leg = legs().get(i);
    boolean fits =
        !awaitsMore(i)
            && ran.tensor().batch() == batch
            && ran.tensor().shape().equals(shapeAfter(i))
            && ran.segment().hops() == leg.hops().size()
            && ran.segment().queueNanos() >= 0
            && ran.segment().idleNanos() >= 0
            && ran.segment().isForward();
    if (!fits) {
      ran.release();
      throw new RunFailure(
          String.format(
              Locale.ROOT,
              "%s was asked for %s and gave (%d, %s) after %d hops",
              edges.apply(leg.node()),
              leg.hops(),
              ran.tensor().batch(),
              ran.tensor().shape(),
              ran.segment().hops()));
    }
    passed(i, ran.segment(), ran.tensor());
  }

  private synchronized Shape shapeAfter(int i) {
    return course.shapeAfter(i);
  }

  private synchronized boolean awaitsMore(int i) {
    return isOpen(i);
  }

  private void passed(int i, Segment segment, TensorPayload tensor) {
    List<Leg> legs = legs();
    trace.add(new Stop(legs.get(i).node(), segment));
    if (segment.computeNanos() > 0 || segment.idleNanos() > 0) {
      guidance.left(legs.get(i).node(), segment);
    }
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

  private static float[][] logits(TensorPayload tensor) {
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
