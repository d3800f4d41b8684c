package io.offloadlab.scenario;

import io.offloadlab.strategy.LinkChanges;
import io.offloadlab.strategy.LinkChanges.Change;
import io.offloadlab.strategy.LinkSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * The link of a device that is carried about: random waypoints (Johnson and Maltz, "Dynamic Source
 * Routing in Ad Hoc Wireless Networks", 1996) at walking pace in a square around an access point in
 * its middle. The rate follows Shannon's capacity, with a signal that falls with the third power of
 * the distance (log-distance path loss: Rappaport, "Wireless Communications", 2002, section 4.9),
 * and is the link's own where the device begins, at the nearest distance. Round trips stay.
 */
final class Mobility {
  /** Metres. */
  private static final double SIDE = 200;

  /** Metres; nobody stands on the access point. */
  private static final double NEAREST = 5;

  /** 40 dB. */
  private static final double SIGNAL_TO_NOISE_AT_NEAREST = 1e4;

  private static final double PATH_LOSS = 3;

  /** Metres per second. */
  private static final double PACE = 1.4;

  private static final double STEP_SECONDS = 5;
  private static final double WALK_SECONDS = 3600;

  private final SplittableRandom random;
  private double x = NEAREST;
  private double y;
  private double goalX;
  private double goalY;

  private Mobility(SplittableRandom random) {
    this.random = random;
    turn();
  }

  /**
   * An hour's walk, in steps of 5 s; at its end the device stands still.
   *
   * @param link at the nearest distance
   * @param seed of the scenario
   * @param edge its number: every device walks for itself
   */
  static LinkChanges walk(LinkSpec link, long seed, int edge) {
    Mobility device = new Mobility(new SplittableRandom(seed * 31 + edge));
    List<Change> changes = new ArrayList<>();
    for (double t = 0; t < WALK_SECONDS; t += STEP_SECONDS) {
      changes.add(new Change(t, ChangesText.part(link, capacity(device.distance()))));
      device.move(PACE * STEP_SECONDS);
    }
    return new LinkChanges(changes);
  }

  /** Of the rate at the nearest distance. */
  static double capacity(double distance) {
    double fading = StrictMath.pow(NEAREST / distance, PATH_LOSS);
    return StrictMath.log1p(SIGNAL_TO_NOISE_AT_NEAREST * fading)
        / StrictMath.log1p(SIGNAL_TO_NOISE_AT_NEAREST);
  }

  private double distance() {
    return Math.max(NEAREST, StrictMath.hypot(x, y));
  }

  private void turn() {
    goalX = SIDE * (random.nextDouble() - 0.5);
    goalY = SIDE * (random.nextDouble() - 0.5);
  }

  private void move(double metres) {
    double left = metres;
    double away = StrictMath.hypot(goalX - x, goalY - y);
    while (away <= left) {
      left -= away;
      x = goalX;
      y = goalY;
      turn();
      away = StrictMath.hypot(goalX - x, goalY - y);
    }
    x += (goalX - x) * left / away;
    y += (goalY - y) * left / away;
  }
}
