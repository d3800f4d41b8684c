package io.offloadlab.twin.traffic;

/**
 * Stakes of the tasks that came last: what a delay is expected to cost whoever comes next. A task
 * that would wait longer than the way is worth to it goes the other way instead.
 */
final class Stakes {
  /** Some seconds of traffic. */
  private static final int KEPT = 128;

  private final Window device = new Window(KEPT);
  private final Window upload = new Window(KEPT);

  void add(Stake stake) {
    device.add(stake.device());
    upload.add(stake.upload());
  }

  /**
   * What a device that is held costs those who come meanwhile: the integral over the time left,
   * from 0 to {@code seconds}, of the expected smaller one of that time and a stake.
   *
   * @return seconds squared: to be multiplied by a rate of arrivals
   */
  double ofHolding(double seconds) {
    return device.isEmpty() ? seconds * seconds / 2 : device.meanIntegralUpTo(seconds);
  }

  /**
   * What a longer queue on the way to the cloud's answer costs one task.
   *
   * @param seconds by which it is longer
   * @return seconds
   */
  double ofDelay(double seconds) {
    return upload.isEmpty() ? seconds : upload.meanUpTo(seconds);
  }
}
