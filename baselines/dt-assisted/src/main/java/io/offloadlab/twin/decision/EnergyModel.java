package io.offloadlab.twin.decision;

/**
 * What a device spends on a task: power while it computes, and power while its radio sends. Idle
 * power is spent under every decision alike and left out.
 *
 * @param computeWatts above idle while inferring; 3.0 is what a Raspberry Pi 4 draws with its cores
 *     busy (about 6 W) above idle (about 3 W)
 * @param sendWatts above idle while sending; 1.3 is a Wi-Fi radio's transmit power as measured on
 *     phones (Huang et al., MobiSys 2012: 1.28 W at 10 Mbit/s), LTE takes about twice as much
 */
public record EnergyModel(double computeWatts, double sendWatts) {
  /**
   * @throws IllegalArgumentException if a power is negative
   */
  public EnergyModel {
    if (!(computeWatts >= 0 && sendWatts >= 0)) {
      throw new IllegalArgumentException(
          "powers are not negative: compute %s W, send %s W".formatted(computeWatts, sendWatts));
    }
  }

  /**
   * What a device spends on a task.
   *
   * @param computeSeconds for which it infers
   * @param sendSeconds for which its radio sends
   */
  public double joules(double computeSeconds, double sendSeconds) {
    return computeWatts * computeSeconds + sendWatts * sendSeconds;
  }
}
