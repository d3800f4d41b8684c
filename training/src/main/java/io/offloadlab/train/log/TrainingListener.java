package io.offloadlab.train.log;

/** Hears how a training goes, on the thread that trains. */
public interface TrainingListener {
  /**
   * An epoch begins or goes on.
   *
   * @param epoch from 1
   * @param epochs of the training at most
   * @param batches of the epoch
   * @param done batches that are done already, when it is resumed
   */
  default void epochBegins(int epoch, int epochs, int batches, int done) {}

  /**
   * A batch is done.
   *
   * @param figures for a person to read, as in {@code loss 1.234 accuracy 45.1/50.2%}
   */
  default void batchDone(String figures) {}

  /** An epoch is done. */
  default void epochDone(EpochReport report) {}
}
