package io.offloadlab.train.recipe;

import io.offloadlab.train.schedule.Schedule;
import java.util.List;
import java.util.Locale;

/** Shapes of the learning rate, as on the command line. */
public enum ScheduleKind {
  /** Warm-up, then half a cosine to zero. */
  COSINE,
  /** Up and down once. */
  ONE_CYCLE,
  /** A fifth of the rate after three, six and eight tenths of the epochs. */
  MULTI_STEP,
  /** No change. */
  CONSTANT;

  private static final List<Double> MILESTONES = List.of(.3, .6, .8);
  private static final double FACTOR = .2;

  Schedule of(double rate, double warmupEpochs, int epochs, int stepsPerEpoch) {
    long total = (long) epochs * stepsPerEpoch;
    return switch (this) {
      case COSINE -> new Schedule.Cosine(rate, Math.round(warmupEpochs * stepsPerEpoch), total);
      case ONE_CYCLE -> new Schedule.OneCycle(rate, total);
      case MULTI_STEP ->
          new Schedule.MultiStep(
              rate,
              MILESTONES.stream().map(m -> Math.round(m * epochs) * stepsPerEpoch).toList(),
              FACTOR);
      case CONSTANT -> new Schedule.Constant(rate);
    };
  }

  /** As on the command line: {@code one-cycle}. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
