package io.offloadlab.train.log;

/** Hears how a training goes, on the thread that trains. */
public interface TrainingListener {
  /**
   * An epoch begins or goes on.
   *
   * @param epoch from 1
   * @param epochs of the training at most
   * @param images of the epoch
   * @param done images that are done already, when it is resumed
   */
  default void epochBegins(int epoch, int epochs, int images, int done) {}

  /**
   * A batch is done.
   *
   * @param images of the batch
   * @param figures for a person to read, as in {@code loss 1.234 accuracy 45.1/50.2%}
   */
  default void batchDone(int images, String figures) {}

  /** An epoch is done. */
  default void epochDone(EpochReport report) {}

  /**
   * The training ends before its last epoch because the validation accuracy no longer rises.
   *
   * @param epoch the last one, from 1
   * @param best the one whose weights are kept, from 1
   */
  default void stoppedEarly(int epoch, int best) {}
}
