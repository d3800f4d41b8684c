package io.offloadlab.ddpg.environment;

import java.util.Locale;

/**
 * What is decided for one device.
 *
 * @param exit at which its tasks leave the network
 * @param split number of components that the device runs; the cloud runs the rest
 * @param cores of the cloud that its tasks may use, at least 1
 */
public record DevicePlan(String exit, int split, int cores) {
  /** {@code exit-5 split 2, 3 core(s)}. */
  @Override
  public String toString() {
    return String.format(Locale.ROOT, "%s split %d, %d core(s)", exit, split, cores);
  }
}
