package io.offloadlab.learning.rl;

import io.offloadlab.learning.curve.Curve;
import java.util.List;

/**
 * What a finished episode of training showed.
 *
 * @param number from 1
 * @param steps taken since the beginning of the training
 * @param reward sum over the episode, exploration noise included
 * @param criticLoss mean over the episode's updates; NaN while warming up
 * @param value mean value of the actor's actions in the critic's eyes; NaN while warming up
 * @param sigma scale of the exploration noise
 * @param score of the greedy policy, as {@link TrainingOptions#evaluation} gives it; else the mean
 *     reward of the last 100 episodes
 * @param bestScore highest score so far
 */
public record Episode(
    int number,
    long steps,
    double reward,
    double criticLoss,
    double value,
    double sigma,
    double score,
    double bestScore) {
  /** What a training log holds of it. */
  public static final List<Curve<Episode>> CURVES =
      List.of(
          Curve.column("episode", Episode::number),
          Curve.column("steps", Episode::steps),
          Curve.shown("reward", "train/reward", Episode::reward),
          Curve.shown("critic_loss", "train/critic_loss", Episode::criticLoss),
          Curve.shown("value", "train/value", Episode::value),
          Curve.shown("sigma", "train/sigma", Episode::sigma),
          Curve.shown("score", "eval/score", Episode::score),
          Curve.column("best_score", Episode::bestScore));
}
