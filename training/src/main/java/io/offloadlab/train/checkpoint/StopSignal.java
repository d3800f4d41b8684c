package io.offloadlab.train.checkpoint;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The wish that a training stop at its next step and save, as Ctrl-C expresses it.
 *
 * <p>While a {@link Guard} is open, the process does not end before the training has saved.
 */
public final class StopSignal {
  /** A step and a checkpoint of the largest network on the slowest machine. */
  private static final long PATIENCE_SECONDS = 120;

  private final AtomicBoolean requested = new AtomicBoolean();

  /** Asks the training to stop. */
  public void request() {
    requested.set(true);
  }

  /** Whether the training has been asked to stop. */
  public boolean requested() {
    return requested.get();
  }

  /** Stops the training when the process is asked to end; to be closed when it has stopped. */
  public Guard onInterrupt() {
    return new Guard();
  }

  /** Keeps the process until the training has saved. */
  public final class Guard implements AutoCloseable {
    private final CountDownLatch saved = new CountDownLatch(1);
    private final Thread hook = new Thread(this::stop, "save-on-interrupt");

    private Guard() {
      Runtime.getRuntime().addShutdownHook(hook);
    }

    private void stop() {
      request();
      try {
        if (!saved.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
          System.err.println("the training did not stop in time; nothing new was saved");
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
