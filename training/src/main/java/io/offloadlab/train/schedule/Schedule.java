package io.offloadlab.train.schedule;

import java.util.List;

/** The learning rate as a function of the step. */
public sealed interface Schedule {
  /**
   * Learning rate of a step.
   *
   * @param step from 0
   */
  double rate(long step);

  /** The same rate at every step. */
  record Constant(double rate) implements Schedule {
    @Override
    public double rate(long step) {
      return rate;
    }
  }

  /**
   * Linear warm-up to the peak, then half a cosine down to zero (Loshchilov and Hutter, "SGDR",
   * ICLR 2017, without restarts).
   *
   * @param warmup steps of the warm-up
   * @param total steps of the training, warm-up included
   */
  record Cosine(double peak, long warmup, long total) implements Schedule {
    @Override
    public double rate(long step) {
      if (step < warmup) {
        return peak * (step + 1) / (double) warmup;
      }
      double done = (step - warmup) / (double) Math.max(1, total - warmup);
      return peak / 2 * (1 + Math.cos(Math.PI * Math.min(1, done)));
    }
  }

  /**
   * One cycle (Smith and Topin, arXiv 1708.07120) with PyTorch's defaults: from a twenty-fifth of
   * the peak up over the first three tenths, then down to a ten-thousandth of the start, both along
   * a cosine.
   *
   * @param total steps of the training
   */
  record OneCycle(double peak, long total) implements Schedule {
    private static final double RISING = 0.3;

    @Override
    public double rate(long step) {
      double start = peak / 25;
      double top = RISING * total - 1;
      if (step <= top) {
        return between(start, peak, step / top);
      }
      return between(peak, start / 1e4, Math.min(1, (step - top) / (total - 1 - top)));
    }

    private static double between(double from, double to, double done) {
      return to + (from - to) / 2 * (1 + Math.cos(Math.PI * done));
    }
  }

  /**
   * A rate that drops by a factor at milestones.
   *
   * @param milestones steps from which on the next lower rate holds, in ascending order
   * @param factor in (0, 1]
   */
  record MultiStep(double initial, List<Long> milestones, double factor) implements Schedule {
    /** Copies the list. */
    public MultiStep {
      milestones = List.copyOf(milestones);
    }

    @Override
    public double rate(long step) {
      long passed = milestones.stream().filter(m -> m <= step).count();
      return initial * Math.pow(factor, (double) passed);
    }
  }
}
