package io.offloadlab.bench.metric;

import java.util.Arrays;
import java.util.List;
import org.HdrHistogram.Histogram;
import org.apache.commons.statistics.descriptive.Quantile;
import org.apache.commons.statistics.descriptive.Quantile.EstimationMethod;

/** The quantiles of a stream of numbers. */
sealed interface Quantiles {
  /** One more number, 0 or more. */
  void add(double value);

  /**
   * A quantile of the numbers so far, at least one.
   *
   * @param q in 0..1
   */
  double at(double q);

  /** Those of several streams' numbers together; of one kind, at least one. */
  static Quantiles of(List<Quantiles> each) {
    Quantiles all = each.get(0) instanceof Exact ? new Exact() : new Sketched();
    each.forEach(all::addAll);
    return all;
  }

  /** Every number of another of the same kind. */
  void addAll(Quantiles others);

  /** By linear interpolation between order statistics; keeps every number. */
  final class Exact implements Quantiles {
    /** As NumPy and R do by default. */
    private static final Quantile QUANTILE = Quantile.withDefaults().with(EstimationMethod.HF7);

    private double[] values = new double[1024];
    private int size;

    @Override
    public void add(double value) {
      if (size == values.length) {
        values = Arrays.copyOf(values, 2 * size);
      }
      values[size++] = value;
    }

    @Override
    public void addAll(Quantiles others) {
      Exact more = (Exact) others;
      Arrays.stream(more.values, 0, more.size).forEach(this::add);
    }

    @Override
    public double at(double q) {
      return QUANTILE.evaluate(Arrays.copyOf(values, size), q);
    }
  }

  /** Within 0.1% of their value, in memory that does not grow with the stream. */
  final class Sketched implements Quantiles {
    private static final int SIGNIFICANT_DIGITS = 3;
    private static final double STEPS = 1e6;

    private final Histogram counts = new Histogram(SIGNIFICANT_DIGITS);

    Sketched() {
      counts.setAutoResize(true);
    }

    @Override
    public void add(double value) {
      counts.recordValue(Math.round(value * STEPS));
    }

    @Override
    public void addAll(Quantiles others) {
      counts.add(((Sketched) others).counts);
    }

    @Override
    public double at(double q) {
      return counts.getValueAtPercentile(q * 100) / STEPS;
    }
  }
}
