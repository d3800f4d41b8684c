package io.offloadlab.learning.rl;

import java.util.Arrays;
import org.datavec.api.transform.Operation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Brings observations to zero mean and unit variance by their running statistics (Welford, 1962),
 * and cuts them off at {@value #LIMIT} standard deviations.
 *
 * <p>As a step of RL4J's transform process it only learns: transitions are stored as they were seen
 * and normalised when they are used, all by the same statistics.
 */
public final class RunningNormaliser implements Operation<double[], INDArray> {
  private static final float LIMIT = 5;
  private static final double EPSILON = 1e-8;

  private final boolean enabled;
  private final double[] mean;
  private final double[] squares;
  private double count;

  /**
   * @param size numbers in an observation
   * @param enabled whether anything is normalised; statistics are kept either way
   */
  public RunningNormaliser(int size, boolean enabled) {
    this.enabled = enabled;
    mean = new double[size];
    squares = new double[size];
  }

  /** Learns from an observation and hands it on as it is. */
  @Override
  public INDArray transform(double[] observation) {
    float[] row = new float[mean.length];
    count++;
    for (int i = 0; i < mean.length; i++) {
      double off = observation[i] - mean[i];
      mean[i] += off / count;
      squares[i] += off * (observation[i] - mean[i]);
      row[i] = (float) observation[i];
    }
    return Nd4j.createFromArray(new float[][] {row});
  }

  /** One number of an observation, normalised. */
  public float normalise(int i, float value) {
    if (!enabled || count < 2) {
      return value;
    }
    double z = (value - mean[i]) / Math.sqrt(squares[i] / count + EPSILON);
    return (float) Math.max(-LIMIT, Math.min(LIMIT, z));
  }

  /** A whole observation, normalised. */
  public float[] normalise(double[] observation) {
    float[] result = new float[observation.length];
    for (int i = 0; i < result.length; i++) {
      result[i] = normalise(i, (float) observation[i]);
    }
    return result;
  }

  /** Count, means and sums of squares in one array. */
  public double[] state() {
    double[] state = new double[1 + 2 * mean.length];
    state[0] = count;
    System.arraycopy(mean, 0, state, 1, mean.length);
    System.arraycopy(squares, 0, state, 1 + mean.length, mean.length);
    return state;
  }

  /** Goes on from what {@link #state} told. */
  public void restore(double[] state) {
    count = state[0];
    System.arraycopy(state, 1, mean, 0, mean.length);
    System.arraycopy(state, 1 + mean.length, squares, 0, mean.length);
  }

  /** One with the same statistics, which then go their own way. */
  public RunningNormaliser copy() {
    RunningNormaliser copy = new RunningNormaliser(mean.length, enabled);
    copy.restore(state());
    return copy;
  }

  @Override
  public String toString() {
    return "normalisation by mean %s".formatted(Arrays.toString(mean));
  }
}
