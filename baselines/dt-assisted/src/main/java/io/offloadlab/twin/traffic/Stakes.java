package io.offloadlab.twin.traffic;

/**
 * Stakes of the tasks that came last: what a delay is expected to cost whoever comes next. A task
 * that would wait longer than the way is worth to it goes the other way instead.
 */
final class Stakes {
  /** Some seconds of traffic, and few enough to go through at every decision. */
  private static final int KEPT = 128;

  private final double[] device = new double[KEPT];
  private final double[] upload = new double[KEPT];
  private int kept;
  private int next;

  void add(Stake stake) {
    device[next] = stake.device();
    upload[next] = stake.upload();
    next = (next + 1) % KEPT;
    kept = Math.min(KEPT, kept + 1);
  }

  /**
   * What a device that is held costs those who come meanwhile: the integral over the time left,
   * from 0 to {@code seconds}, of the expected smaller one of that time and a stake.
   *
   * @return seconds squared: to be multiplied by a rate of arrivals
   */
  double ofHolding(double seconds) {
    double sum = kept == 0 ? seconds * seconds / 2 : 0;
    for (int i = 0; i < kept; i++) {
      double waits = Math.min(seconds, device[i]);
      sum += waits * (seconds - waits / 2);
    }
    return sum / Math.max(1, kept);
  }

  /**
   * What a longer queue on the way to the cloud's answer costs one task.
   *
   * @param seconds by which it is longer
   * @return seconds
   */
  double ofDelay(double seconds) {
    double sum = kept == 0 ? seconds : 0;
    for (int i = 0; i < kept; i++) {
      sum += Math.min(seconds, upload[i]);
    }
    return sum / Math.max(1, kept);
  }
}
