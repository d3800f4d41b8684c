package io.offloadlab.node;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/**
 * A node's processor: one thread, first come, first served, so that tasks queue as they would for a
 * device that runs one inference at a time. A slower processor is emulated by sleeping after the
 * work, which leaves the machine to the other nodes on it.
 */
final class ComputeThread implements AutoCloseable {
  /** How long closing waits for what is under way. */
  static final long CLOSE_SECONDS = 60;

  private static final double NANOS_PER_SECOND = 1e9;

  private final ThreadPoolExecutor executor;
  private final Backlog backlog = new Backlog();
  private volatile double speedFactor = 1;
  private volatile boolean closed;

  ComputeThread(String name) {
    executor =
        new ThreadPoolExecutor(
            1,
            1,
            0,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            work -> {
              Thread thread = new Thread(work, name + " compute");
              thread.setDaemon(true);
              return thread;
            });
    executor.prestartAllCoreThreads();
  }

  /**
   * @param factor 1 for the machine's own speed, 0.25 to take four times as long
   */
  void emulate(double factor) {
    speedFactor = factor;
  }

  /** Work that has not begun. */
  int waiting() {
    return executor.getQueue().size();
  }

  /**
   * Seconds until everything that is queued will be done, as far as it was said how long it takes.
   */
  double backlogSeconds() {
    return backlog.seconds(System.nanoTime());
  }

  /**
   * Queues work.
   *
   * @return completed by the compute thread; exceptionally too when this is closed
   */
  <T> CompletableFuture<T> submit(Supplier<T> work) {
    return submit(0, work);
  }

  /**
   * Queues work; see {@link #submit(Supplier)}.
   *
   * @param expectedSeconds that it will take: see {@link #backlogSeconds}
   */
  <T> CompletableFuture<T> submit(double expectedSeconds, Supplier<T> work) {
    CompletableFuture<T> result = new CompletableFuture<>();
    backlog.queued(expectedSeconds);
    try {
      executor.execute(
          () -> {
            backlog.begun(expectedSeconds, System.nanoTime());
            T value;
            try {
              value = work.get();
            } catch (RuntimeException | Error e) {
              backlog.ended();
              result.completeExceptionally(e);
              return;
            }
            backlog.ended();
            result.complete(value);
          });
    } catch (RejectedExecutionException e) {
      backlog.withdrawn(expectedSeconds);
      result.completeExceptionally(new IllegalStateException("this node is closed", e));
    }
    return result;
  }

  /** Seconds that work takes here that takes so long on the machine itself. */
  double emulatedSeconds(long nanos) {
    return nanos / speedFactor / NANOS_PER_SECOND;
  }

  /**
   * To be called on the compute thread when work ends: waits as long as a slower processor would
   * still be computing.
   *
   * @param sinceNanos when the work began
   * @return when it ended, in {@link System#nanoTime}
   */
  long finish(long sinceNanos) {
    long now = System.nanoTime();
    if (speedFactor == 1) {
      return now;
    }
    long due = sinceNanos + Math.round((now - sinceNanos) / speedFactor);
    while (now - due < 0 && !closed) {
      LockSupport.parkNanos(due - now);
      now = System.nanoTime();
    }
    return now;
  }

  /** Waits for what was queued; nothing sleeps any more. */
  @Override
  public void close() {
    closed = true;
    executor.shutdown();
    boolean interrupted = Thread.interrupted();
    try {
      if (!executor.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
        throw new IllegalStateException("computing did not end in " + CLOSE_SECONDS + " s");
      }
    } catch (InterruptedException e) {
      interrupted = true;
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
