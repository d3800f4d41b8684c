package io.offloadlab.strategy;

import java.util.Comparator;

/**
 * What a strategy is in a comparison; decides who takes part by default and in which order.
 *
 * @param role why it is there
 * @param order place among those of the same role, the least first
 * @param yardstick whether the others' latencies are divided by its own; of several, the first in
 *     order is
 */
public record Standing(Role role, int order, boolean yardstick) {
  /** Why a strategy is there. */
  public enum Role {
    /** It is what is studied. */
    STUDIED,
    /** It is a plain answer to compare with. */
    REFERENCE,
    /** It takes part where it is named: a bound that takes long, or somebody's own. */
    ON_REQUEST
  }

  /** Takes part where it is named. */
  public static final Standing ON_REQUEST = new Standing(Role.ON_REQUEST, 0, false);

  /** By role, then by order. */
  public static final Comparator<Standing> ORDER =
      Comparator.comparing(Standing::role).thenComparingInt(Standing::order);

  /** One that is studied. */
  public static Standing studied(int order) {
    return new Standing(Role.STUDIED, order, false);
  }

  /** A plain answer. */
  public static Standing reference(int order) {
    return new Standing(Role.REFERENCE, order, false);
  }

  /** The same, and the others are measured by it. */
  public Standing asYardstick() {
    return new Standing(role, order, true);
  }

  /** Whether it takes part when nobody is named. */
  public boolean usual() {
    return role != Role.ON_REQUEST;
  }
}
