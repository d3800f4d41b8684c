package io.offloadlab.train.input;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.NoSuchElementException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.IntFunction;

/** The batches of one epoch, a few of them made ahead. For one thread. */
public final class Epoch implements AutoCloseable {
  private final int batches;
  private final IntFunction<Future<Batch>> make;
  private final Deque<Future<Batch>> ahead = new ArrayDeque<>();
  private int next;
  private int requested;
  private long waitedNanos;

  Epoch(int batches, int from, int depth, IntFunction<Future<Batch>> make) {
    this.batches = batches;
    this.make = make;
    this.next = from;
    this.requested = from;
    for (int i = 0; i < depth; i++) {
      request();
    }
  }

  private void request() {
    if (requested < batches) {
      ahead.add(make.apply(requested++));
    }
  }

  /** Whether there is another batch. */
  public boolean hasNext() {
    return next < batches;
  }

  /**
   * The next batch; waits for it if it is not ready.
   *
   * @return owned by the caller, who closes it
   * @throws InterruptedException if the thread is interrupted while it waits
   */
  public Batch next() throws InterruptedException {
    if (!hasNext()) {
      throw new NoSuchElementException(
          String.format(Locale.ROOT, "the epoch has %d batches", batches));
    }
    next++;
    long start = System.nanoTime();
    try {
      Batch batch = ahead.remove().get();
      waitedNanos += System.nanoTime() - start;
      request();
      return batch;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new IllegalStateException("a batch could not be made", e.getCause());
    }
  }

  /** Seconds that {@link #next} has waited so far. */
  public double waitedSeconds() {
    return waitedNanos / 1e9;
  }

  /** Gives up the batches that nobody took. */
  @Override
  public void close() {
    ahead.forEach(f -> f.cancel(false));
    ahead.clear();
  }
}
