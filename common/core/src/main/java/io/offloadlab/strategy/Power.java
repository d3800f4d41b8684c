package io.offloadlab.strategy;

import java.util.Locale;

/**
 * What devices and the cloud draw: the constants that energy is reckoned with. A device draws its
 * idle power as long as a task of its is under way, more while it computes, and more again while
 * its radio sends or receives: a constant for having it on, and so much for each bit, which is the
 * linear model of Huang et al., "A close examination of performance and power characteristics of 4G
 * LTE networks", MobiSys 2012, section 5.
 *
 * @param idleWatts of a device that waits
 * @param computeWatts of a device that computes, the idle power included
 * @param radioWatts beside it while its radio is on
 * @param sendNanojoules per bit that it sends
 * @param receiveNanojoules per bit that it receives
 * @param cloudWatts of the cloud while it computes for the task
 */
public record Power(
    double idleWatts,
    double computeWatts,
    double radioWatts,
    double sendNanojoules,
    double receiveNanojoules,
    double cloudWatts) {
  /**
   * A Raspberry Pi 4 B (2.7 W idle, 6.4 W with all four cores busy: J. Geerling, "Power consumption
   * benchmarks", pidramble.com) on Wi-Fi as Huang et al. measured it (132.86 mW, 283.17 and 137.01
   * mW per Mbit/s), and a server processor of eight cores (Intel Xeon E-2278G: 80 W thermal design
   * power).
   */
  public static final Power RASPBERRY_PI_ON_WIFI = new Power(2.7, 6.4, 0.13286, 283.17, 137.01, 80);

  private static final double JOULES_PER_NANOJOULE = 1e-9;
  private static final int BITS_PER_BYTE = 8;

  /**
   * @throws IllegalArgumentException if a value is negative or no number, or a device draws less
   *     while it computes than while it waits
   */
  public Power {
    for (double value :
        new double[] {
          idleWatts, computeWatts, radioWatts, sendNanojoules, receiveNanojoules, cloudWatts
        }) {
      if (!(value >= 0 && value < Double.POSITIVE_INFINITY)) {
        throw new IllegalArgumentException("power is a number of 0 or more, not " + value);
      }
    }
    if (computeWatts < idleWatts) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "a device draws at least its idle power of %s W while it computes, not %s W",
              idleWatts,
              computeWatts));
    }
  }

  /**
   * Joules of the edges for a task.
   *
   * @param totalSeconds from the task's arrival to its prediction
   * @param computeSeconds that edges computed
   * @param radioSeconds that tensors were under way, up and down
   * @param upBytes that edges sent
   * @param downBytes that edges received
   */
  public double edgeJoules(
      double totalSeconds,
      double computeSeconds,
      double radioSeconds,
      double upBytes,
      double downBytes) {
    double bits = sendNanojoules * upBytes + receiveNanojoules * downBytes;
    return idleWatts * totalSeconds
        + (computeWatts - idleWatts) * computeSeconds
        + radioWatts * radioSeconds
        + bits * BITS_PER_BYTE * JOULES_PER_NANOJOULE;
  }

  /**
   * Joules of the cloud for a task.
   *
   * @param computeSeconds that it computed
   */
  public double cloudJoules(double computeSeconds) {
    return cloudWatts * computeSeconds;
  }
}
