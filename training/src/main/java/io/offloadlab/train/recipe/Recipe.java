package io.offloadlab.train.recipe;

import io.offloadlab.train.autograd.Optimizer;
import io.offloadlab.train.input.Augmentation;
import io.offloadlab.train.schedule.Schedule;
import java.util.List;

/**
 * How a network is trained.
 *
 * @param epochs at most
 * @param batch images of one forward pass, at least 2
 * @param accumulate forward passes whose gradients make one step, at least 1
 * @param optimizer how a step is taken
 * @param schedule shape of the learning rate
 * @param rate its peak
 * @param warmupEpochs of a cosine
 * @param smoothing of labels, in [0, 1)
 * @param exitWeights of the exits' losses in the joint loss, the earliest exit first, each at least
 *     0 and one above; only their ratios count; empty for equal ones
 * @param average decay of the exponential moving average of the weights, which is then what is
 *     judged and shipped, in (0, 1); 0 for none
 * @param augmentation of images
 * @param validation fraction of the training images held out, in [0, 1)
 * @param patience epochs without a better validation accuracy after which to stop; 0 for never
 * @param limit training images to use at most
 * @param seed of weights, order and augmentation
 */
public record Recipe(
    int epochs,
    int batch,
    int accumulate,
    Optimizer.Settings optimizer,
    ScheduleKind schedule,
    double rate,
    double warmupEpochs,
    double smoothing,
    List<Double> exitWeights,
    double average,
    Augmentation augmentation,
    double validation,
    int patience,
    int limit,
    long seed) {
  /**
   * Copies the list and checks the numbers.
   *
   * @throws IllegalArgumentException if one is out of range
   */
  public Recipe {
    exitWeights = List.copyOf(exitWeights);
    check(epochs >= 1, "--epochs", "at least 1", epochs);
    check(batch >= 2, "--batch", "at least 2, for batch norms to have a variance", batch);
    check(accumulate >= 1, "--accumulate", "at least 1", accumulate);
    check(rate > 0 && Double.isFinite(rate), "--rate", "positive", rate);
    check(
        warmupEpochs >= 0 && Double.isFinite(warmupEpochs), "--warmup", "at least 0", warmupEpochs);
    check(smoothing >= 0 && smoothing < 1, "--smoothing", "in [0, 1)", smoothing);
    check(average >= 0 && average < 1, "--ema", "in [0, 1)", average);
    if (!exitWeights.isEmpty()
        && (exitWeights.stream().anyMatch(w -> !(w >= 0) || w.isInfinite())
            || exitWeights.stream().noneMatch(w -> w > 0))) {
      throw new IllegalArgumentException(
          "--exit-weights are at least 0 and not all 0, not " + exitWeights);
    }
    check(validation >= 0 && validation < 1, "--validation", "in [0, 1)", validation);
    check(patience >= 0, "--patience", "at least 0", patience);
    check(limit >= 1, "--limit", "at least 1", limit);
  }

  private static void check(boolean good, String what, String range, Number value) {
    if (!good) {
      throw new IllegalArgumentException("%s is %s, not %s".formatted(what, range, value));
    }
  }

  /** The learning rate of this recipe. */
  public Schedule schedule(int stepsPerEpoch) {
    return schedule.of(rate, warmupEpochs, epochs, stepsPerEpoch);
  }

  /** Training images to use when a set has this many. */
  public int images(int size) {
    return Math.min(limit, size);
  }
}
