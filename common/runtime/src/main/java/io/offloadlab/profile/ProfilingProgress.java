package io.offloadlab.profile;

/** Told how far a measurement is. */
@FunctionalInterface
public interface ProfilingProgress {
  /** Tells nobody. */
  ProfilingProgress SILENT = (done, total, next) -> {};

  /**
   * A step begins, or all are done.
   *
   * @param done steps that are finished
   * @param total steps in all
   * @param next what is measured now; empty at the end
   */
  void step(int done, int total, String next);
}
