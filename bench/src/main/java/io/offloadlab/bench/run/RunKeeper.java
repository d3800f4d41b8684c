package io.offloadlab.bench.run;

import io.offloadlab.bench.report.RunFolder;
import io.offloadlab.progress.StopSignal;
import io.offloadlab.strategy.TaskRecord;
import java.util.function.Consumer;

/**
 * Keeps the records of a run as they come. When the process is asked to end, the run stops at its
 * next task, and the process waits until this is closed: there is time to report what was done.
 */
public final class RunKeeper implements AutoCloseable {
  /** For the task that runs, and for drawing the charts of those that ran. */
  private static final long PATIENCE_SECONDS = 30;

  private final RunFolder folder;
  private final StopSignal stop = new StopSignal();
  private final StopSignal.Guard guard;

  /**
   * @param folder that takes the records; is closed with this
   */
  public RunKeeper(RunFolder folder) {
    this.folder = folder;
    this.guard = stop.onInterrupt(() -> folder.isEmpty() ? 0 : PATIENCE_SECONDS);
  }

  /** Where the files are. */
  public RunFolder folder() {
    return folder;
  }

  /**
   * What keeps records and tells another of finished tasks.
   *
   * @param repeat number of the repeat that they are of, from 1
   */
  public Comparison.Progress telling(int repeat, Comparison.Progress shown) {
    return new Comparison.Progress() {
      @Override
      public void finished(Entrant entrant) {
        shown.finished(entrant);
      }

      @Override
      public void kept(Entrant entrant, TaskRecord record) {
        folder.record(entrant.name(), repeat, record);
      }

      @Override
      public void goOn() {
        if (stop.requested()) {
          throw new RunStopped();
        }
      }
    };
  }

  /**
   * Passes on why a run ended early; nothing where it was stopped, because a node that the same
   * Ctrl-C ended is not the reason.
   *
   * @param say told that it was stopped
   */
  public void passOn(RuntimeException failure, Consumer<String> say) {
    if (stop.requested()) {
      say.accept(new RunStopped().getMessage());
      return;
    }
    throw failure instanceof Unfinished run ? run.reason() : failure;
  }

  /** Gives the folder up and lets the process end. */
  @Override
  public void close() {
    try (guard) {
      folder.close();
    }
  }
}
