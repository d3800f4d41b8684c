package io.offloadlab.learning.rl;

import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.ToDoubleFunction;

/**
 * What a training leaves behind and who watches it.
 *
 * @param checkpoint file that is written as training goes, and that it goes on from if it is there
 * @param checkpointEpisodes episodes between two checkpoints, at least 1
 * @param log directory for {@code training.csv} and TensorBoard's event files
 * @param evaluation score of the greedy policy, asked after every episode; the policy with the best
 *     score is kept. Must not draw from the training's generator
 * @param listener told of every episode
 */
public record TrainingOptions(
    Optional<Path> checkpoint,
    int checkpointEpisodes,
    Optional<Path> log,
    Optional<ToDoubleFunction<ContinuousPolicy>> evaluation,
    Consumer<Episode> listener) {
  /** Neither files nor evaluation. */
  public static final TrainingOptions NONE =
      new TrainingOptions(Optional.empty(), 1, Optional.empty(), Optional.empty(), e -> {});

  /**
   * @throws IllegalArgumentException if checkpoints would never be written
   */
  public TrainingOptions {
    if (checkpointEpisodes < 1) {
      throw new IllegalArgumentException("a checkpoint is written every 1 episode or less often");
    }
  }

  /** With a checkpoint file. */
  public TrainingOptions checkpointing(Path file, int episodes) {
    return new TrainingOptions(Optional.of(file), episodes, log, evaluation, listener);
  }

  /** With a log directory. */
  public TrainingOptions loggingTo(Path directory) {
    return new TrainingOptions(
        checkpoint, checkpointEpisodes, Optional.of(directory), evaluation, listener);
  }

  /** With an evaluation. */
  public TrainingOptions evaluating(ToDoubleFunction<ContinuousPolicy> score) {
    return new TrainingOptions(checkpoint, checkpointEpisodes, log, Optional.of(score), listener);
  }

  /** With a listener. */
  public TrainingOptions telling(Consumer<Episode> told) {
    return new TrainingOptions(checkpoint, checkpointEpisodes, log, evaluation, told);
  }
}
