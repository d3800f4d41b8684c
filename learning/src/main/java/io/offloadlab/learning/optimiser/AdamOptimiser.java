package io.offloadlab.learning.optimiser;

import io.offloadlab.learning.network.Floats;
import java.nio.FloatBuffer;

/** Adam (Kingma and Ba, ICLR 2015, algorithm 1) over one flat vector of parameters. */
public final class AdamOptimiser implements AutoCloseable {
  private static final double BETA1 = 0.9;
  private static final double BETA2 = 0.999;
  private static final float EPSILON = 1e-8f;

  /**
   * In what order the last line of a step is computed; the difference is in rounding and epsilon.
   */
  public enum Form {
    /** As in algorithm 1: moments are corrected, then epsilon is added. */
    ALGORITHM,
    /**
     * As at the end of the publication's section 2, and in ND4J: the rate is corrected instead, and
     * epsilon is added to the moment as it is. Agrees with ND4J's to the last bits.
     */
    REORDERED
  }

  private final double rate;
  private final Form form;
  private final Floats first;
  private final Floats second;
  private long steps;

  /**
   * @param rate learning rate, positive
   * @param parameters how many
   */
  public AdamOptimiser(double rate, int parameters) {
    this(rate, parameters, Form.ALGORITHM);
  }

  /**
   * @param rate learning rate, positive
   * @param parameters how many
   * @param form of a step
   */
  public AdamOptimiser(double rate, int parameters, Form form) {
    this.rate = rate;
    this.form = form;
    first = new Floats(parameters);
    second = new Floats(parameters);
  }

  /**
   * One step downhill.
   *
   * @param parameters changed in place
   * @param gradient of the loss by them
   * @param scale the gradient is multiplied by this first: how clipping comes in
   */
  public void step(Floats parameters, Floats gradient, float scale) {
    steps++;
    switch (form) {
      case ALGORITHM -> algorithm(parameters, gradient, scale);
      case REORDERED -> reordered(parameters, gradient, scale);
    }
  }

  private void reordered(Floats parameters, Floats gradient, float scale) {
    float beta1 = (float) BETA1;
    float beta2 = (float) BETA2;
    float power1 = (float) Math.pow(beta1, (double) steps);
    float power2 = (float) Math.pow(beta2, (double) steps);
    float size = (float) rate * (float) Math.sqrt(1f - power2) / (1f - power1);
    FloatBuffer p = parameters.values();
    FloatBuffer g = gradient.values();
    FloatBuffer m = first.values();
    FloatBuffer v = second.values();
    for (int i = 0; i < p.capacity(); i++) {
      float gi = g.get(i) * scale;
      float mi = beta1 * m.get(i) + gi * (1f - beta1);
      float vi = beta2 * v.get(i) + gi * gi * (1f - beta2);
      m.put(i, mi);
      v.put(i, vi);
      p.put(i, p.get(i) - mi * size / ((float) Math.sqrt(vi) + EPSILON));
    }
  }

  private void algorithm(Floats parameters, Floats gradient, float scale) {
    double correction1 = 1 - Math.pow(BETA1, (double) steps);
    double correction2 = 1 - Math.pow(BETA2, (double) steps);
    float size = (float) (rate / correction1);
    float secondScale = (float) (1 / correction2);
    FloatBuffer p = parameters.values();
    FloatBuffer g = gradient.values();
    FloatBuffer m = first.values();
    FloatBuffer v = second.values();
    for (int i = 0; i < p.capacity(); i++) {
      float gi = g.get(i) * scale;
      float mi = m.get(i) + (float) (1 - BETA1) * (gi - m.get(i));
      float vi = v.get(i) + (float) (1 - BETA2) * (gi * gi - v.get(i));
      m.put(i, mi);
      v.put(i, vi);
      p.put(i, p.get(i) - size * mi / ((float) Math.sqrt(vi * secondScale) + EPSILON));
    }
  }

  /** First moments, by parameter. */
  public Floats first() {
    return first;
  }

  /** Second moments, by parameter. */
  public Floats second() {
    return second;
  }

  /** Steps so far, which the moments are corrected for. */
  public long steps() {
    return steps;
  }

  /** Goes on as if so many steps had been taken. */
  public void restoreSteps(long taken) {
    steps = taken;
  }

  @Override
  public void close() {
    first.close();
    second.close();
  }
}
