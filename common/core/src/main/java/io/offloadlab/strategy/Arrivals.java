package io.offloadlab.strategy;

/** When tasks arrive. */
public sealed interface Arrivals {
  /** Mean rate over all edges; NaN where it depends on how long tasks take. */
  double tasksPerSecond();

  /**
   * The next task arrives when one before it is done.
   *
   * @param inFlight tasks that are under way at once, at least 1
   */
  record Sequential(int inFlight) implements Arrivals {
    /** Refuses streams that never begin. */
    public Sequential {
      if (inFlight < 1) {
        throw new IllegalArgumentException("a task is in flight, not " + inFlight);
      }
    }

    /** One after the other. */
    public Sequential() {
      this(1);
    }

    @Override
    public double tasksPerSecond() {
      return Double.NaN;
    }
  }

  /**
   * Independent, exponentially distributed gaps.
   *
   * @param tasksPerSecond mean rate over all edges, positive
   */
  record Poisson(double tasksPerSecond) implements Arrivals {
    /** Refuses rates that give no stream. */
    public Poisson {
      if (!(tasksPerSecond > 0) || Double.isInfinite(tasksPerSecond)) {
        throw new IllegalArgumentException("a Poisson rate is positive, not " + tasksPerSecond);
      }
    }
  }

  /**
   * One task per slot with a given probability.
   *
   * @param probability of a task in a slot, in (0, 1]
   * @param slotSeconds length of a slot, positive
   */
  record Bernoulli(double probability, double slotSeconds) implements Arrivals {
    /** Refuses probabilities and slots that give no stream. */
    public Bernoulli {
      if (!(probability > 0 && probability <= 1) || !(slotSeconds > 0)) {
        throw new IllegalArgumentException(
            "Bernoulli arrivals need 0 < probability <= 1 and a positive slot, not %s per %s s"
                .formatted(probability, slotSeconds));
      }
    }

    @Override
    public double tasksPerSecond() {
      return probability / slotSeconds;
    }
  }
}
