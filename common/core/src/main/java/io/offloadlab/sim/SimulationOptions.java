package io.offloadlab.sim;

import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.SplittableRandom;

/**
 * What a simulation adds to its scenario.
 *
 * @param queueCapacity most tasks that wait for one processor; more are dropped
 * @param serviceTimes how compute times vary
 * @param cloudLoad work of others at the cloud
 */
public record SimulationOptions(
    int queueCapacity, ServiceTimes serviceTimes, BackgroundLoad cloudLoad) {
  /** Unbounded queues, compute times as measured, and nobody else at the cloud. */
  public static final SimulationOptions DEFAULT =
      new SimulationOptions(Integer.MAX_VALUE, ServiceTimes.CONSTANT, BackgroundLoad.NONE);

  /** How compute times vary around what the view says. */
  public enum ServiceTimes {
    /** Always as the view says. */
    CONSTANT,
    /** Exponentially distributed with the view's value as their mean. */
    EXPONENTIAL
  }

  /**
   * Jobs of others that compete for the cloud's processor: Poisson arrivals with exponentially
   * distributed compute times.
   *
   * @param jobsPerSecond 0 for none
   * @param meanSeconds of compute per job
   */
  public record BackgroundLoad(double jobsPerSecond, double meanSeconds) {
    private static final long STREAM = 0x6f7468657273L;

    /** Nobody else is there. */
    public static final BackgroundLoad NONE = new BackgroundLoad(0, 0);

    /**
     * @throws IllegalArgumentException if a value is negative or not finite
     */
    public BackgroundLoad {
      if (!(jobsPerSecond >= 0 && meanSeconds >= 0)
          || Double.isInfinite(jobsPerSecond)
          || Double.isInfinite(meanSeconds)) {
        throw new IllegalArgumentException(
            "a background load has 0 or more jobs/s of 0 or more seconds, not %s of %s"
                .formatted(jobsPerSecond, meanSeconds));
      }
    }

    /**
     * The jobs, without end: equal seeds give equal jobs.
     *
     * @param seed of the scenario
     */
    public Iterator<Job> jobs(long seed) {
      SplittableRandom random = new SplittableRandom(seed ^ STREAM);
      return new Iterator<>() {
        private double time;

        @Override
        public boolean hasNext() {
          return jobsPerSecond > 0;
        }

        @Override
        public Job next() {
          if (!hasNext()) {
            throw new NoSuchElementException("there is no background load");
          }
          time += Draw.exponential(random) / jobsPerSecond;
          return new Job(time, Draw.exponential(random) * meanSeconds);
        }
      };
    }

    /** Fraction of the cloud's time that it takes. */
    public double utilisation() {
      return jobsPerSecond * meanSeconds;
    }
  }

  /**
   * A job of others.
   *
   * @param arrivalSeconds when it comes to the cloud
   * @param computeSeconds how long it takes there
   */
  public record Job(double arrivalSeconds, double computeSeconds) {}

  /**
   * @throws IllegalArgumentException if the capacity is negative
   */
  public SimulationOptions {
    if (queueCapacity < 0) {
      throw new IllegalArgumentException("a queue's capacity is 0 or more, not " + queueCapacity);
    }
  }

  /** The same with another background load. */
  public SimulationOptions with(BackgroundLoad load) {
    return new SimulationOptions(queueCapacity, serviceTimes, load);
  }
}
