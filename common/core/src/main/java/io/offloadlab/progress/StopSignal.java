package io.offloadlab.progress;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;

/**
 * The wish that work stop at its next step and save, as Ctrl-C expresses it.
 *
 * <p>While a {@link Guard} is open, the process does not end before the work has saved.
 */
public final class StopSignal {
  /** A step and a checkpoint of the largest network on the slowest machine. */
  private static final long PATIENCE_SECONDS = 120;

  private final AtomicBoolean requested = new AtomicBoolean();

  /** Asks the work to stop. */
  public void request() {
    requested.set(true);
  }

  /** Whether the work has been asked to stop. */
  public boolean requested() {
    return requested.get();
  }

  /** Stops the work when the process is asked to end; to be closed when it has saved. */
  public Guard onInterrupt() {
    return onInterrupt(() -> PATIENCE_SECONDS);
  }

  /**
   * As {@link #onInterrupt()}.
   *
   * @param patienceSeconds how long the process waits, asked for when it is to end; 0 where there
   *     is nothing to save
   */
  public Guard onInterrupt(LongSupplier patienceSeconds) {
    return new Guard(patienceSeconds);
  }

  /** Keeps the process until the work has saved. */
  public final class Guard implements AutoCloseable {
    private final CountDownLatch saved = new CountDownLatch(1);
    private final Thread hook = new Thread(this::stop, "save-on-interrupt");
    private final LongSupplier patienceSeconds;

    private Guard(LongSupplier patienceSeconds) {
      this.patienceSeconds = patienceSeconds;
      Runtime.getRuntime().addShutdownHook(hook);
    }

    private void stop() {
      request();
      long patience = patienceSeconds.getAsLong();
      try {
        if (patience > 0 && !saved.await(patience, TimeUnit.SECONDS)) {
          System.err.println("the work did not stop in time; nothing new was saved");
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    /** Lets the process end. */
    @Override
    public void close() {
      saved.countDown();
      try {
        Runtime.getRuntime().removeShutdownHook(hook);
      } catch (IllegalStateException e) {
        // The process is ending, which is what the hook waited for.
        request();
      }
    }
  }
}
