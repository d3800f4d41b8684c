package io.offloadlab.twin.decision;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * What accuracy costs in an idle system: the dual of "least mean latency, mean accuracy at least
 * the threshold" over the stops of every device.
 *
 * @param binding seconds per unit of accuracy at which the devices' best stops just meet the
 *     threshold: its Lagrange multiplier; 0 where the fastest stops meet it
 * @param span seconds per unit of accuracy above which the most accurate stops are taken
 * @param gap that a stop's accuracy is from the threshold; 0 where none is below, so that there is
 *     nothing to trade
 */
public record AccuracyPrice(double binding, double span, double gap) {
  /** Where nothing is known yet. */
  public static final AccuracyPrice NONE = new AccuracyPrice(0, 0, 0);

  private static final int HALVINGS = 50;
  private static final double ROUNDING = 1e-9;

  /**
   * By bisection: the mean accuracy of the best stops does not fall when accuracy is worth more.
   *
   * @param devices the stops of each device, at least one per device
   * @param threshold least mean accuracy over the devices
   */
  public static AccuracyPrice of(Collection<List<Action>> devices, double threshold) {
    double span = devices.stream().mapToDouble(AccuracyPrice::dearest).max().orElse(0);
    double gap =
        devices.stream()
            .flatMap(List::stream)
            .mapToDouble(a -> threshold - a.accuracy())
            .reduce(0, Math::max);
    if (meanAccuracy(devices, 0) >= threshold) {
      return new AccuracyPrice(0, span, gap);
    }
    double low = 0;
    double high = span;
    for (int i = 0; i < HALVINGS; i++) {
      double middle = (low + high) / 2;
      if (meanAccuracy(devices, middle) >= threshold) {
        high = middle;
      } else {
        low = middle;
      }
    }
    return new AccuracyPrice(high, span, gap);
  }

  /** Above it the fastest of the most accurate stops is taken. */
  private static double dearest(List<Action> stops) {
    Action best =
        stops.stream()
            .max(
                Comparator.comparingDouble(Action::accuracy)
                    .thenComparingDouble(a -> -a.idleSeconds()))
            .orElseThrow();
    return (1 + ROUNDING)
        * stops.stream()
            .filter(a -> a.accuracy() < best.accuracy())
            .mapToDouble(
                a -> (best.idleSeconds() - a.idleSeconds()) / (best.accuracy() - a.accuracy()))
            .reduce(0, Math::max);
  }

  private static double meanAccuracy(Collection<List<Action>> devices, double price) {
    Utility worth = new Utility(price, 0);
    return devices.stream()
        .mapToDouble(
            stops ->
                stops.stream()
                    .max(
                        Comparator.comparingDouble((Action a) -> worth.of(a, 0, 0, 0))
                            .thenComparing(Action::accuracy))
                    .orElseThrow()
                    .accuracy())
        .average()
        .orElse(1);
  }
}
