package io.offloadlab.bench.run;

import io.offloadlab.failure.RunFailure;

/** The run was asked to end before its last task. */
public final class RunStopped extends RunFailure {
  private static final long serialVersionUID = 1;

  /** Says so. */
  public RunStopped() {
    super("stopped before the last task");
  }
}
