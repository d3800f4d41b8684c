package io.offloadlab.bench.sweep;

import io.offloadlab.failure.UsageError;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Values of an axis as they are written: {@code 0.7}, or {@code 0.70:0.78:0.01} for all from the
 * first to the last, both included. Steps are added in decimals, so that 0.73 is 0.73.
 *
 * @param axis for messages
 * @param text what is written
 */
record AxisValues(String axis, String text) {
  private static final int MOST = 100_000;

  List<Double> decimal() {
    return values().stream().map(BigDecimal::doubleValue).toList();
  }

  List<Integer> whole() {
    return values().stream().map(v -> exact(v, BigDecimal::intValueExact)).toList();
  }

  List<Long> wide() {
    return values().stream().map(v -> exact(v, BigDecimal::longValueExact)).toList();
  }

  private <T> T exact(BigDecimal value, Function<BigDecimal, T> as) {
    try {
      return as.apply(value);
    } catch (ArithmeticException e) {
      throw new UsageError(
          "%s '%s': expected whole numbers, not %s".formatted(axis, text, value), e);
    }
  }

  private List<BigDecimal> values() {
    String[] parts = text.trim().split(":", -1);
    try {
      BigDecimal first = new BigDecimal(parts[0].trim());
      if (parts.length == 1) {
        return List.of(first);
      }
      if (parts.length == 3) {
        return range(first, new BigDecimal(parts[1].trim()), new BigDecimal(parts[2].trim()));
      }
    } catch (NumberFormatException e) {
      throw notUnderstood(e);
    }
    throw notUnderstood(null);
  }

  private UsageError notUnderstood(Exception why) {
    return new UsageError(
        "%s '%s' is not understood: write a number, or FIRST:LAST:STEP such as 0.70:0.78:0.01"
            .formatted(axis, text),
        why);
  }

  private List<BigDecimal> range(BigDecimal first, BigDecimal last, BigDecimal step) {
    if (step.signum() <= 0 || last.compareTo(first) < 0) {
      throw new UsageError(
          "%s '%s': expected a last value not below the first, and a positive step"
              .formatted(axis, text));
    }
    if (last.subtract(first).compareTo(step.multiply(BigDecimal.valueOf(MOST))) > 0) {
      throw new UsageError(
          "%s '%s' has more than %s values: make the step larger".formatted(axis, text, MOST));
    }
    List<BigDecimal> values = new ArrayList<>();
    for (BigDecimal v = first; v.compareTo(last) <= 0; v = v.add(step)) {
      values.add(v);
    }
    return values;
  }
}
