package io.offloadlab.legodnn;

import io.offloadlab.failure.RunFailure;
import io.offloadlab.legodnn.plan.Objective;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * The strategy's settings.
 *
 * @param objective {@code legodnn.objective}: {@code latency} (default), {@code size} or {@code
 *     weighted}, with {@code legodnn.alpha}, {@code legodnn.beta} and {@code legodnn.gamma}
 * @param ratio {@code legodnn.ratio}: most convolutions of a block as a fraction of the network's
 * @param additive {@code legodnn.predictor}: {@code multiplicative} (default) or {@code additive}
 * @param margin {@code legodnn.margin}: accuracy that a plan keeps in hand, in 0..1; empty for
 *     {@code auto} (default)
 * @param replanThreshold {@code legodnn.replan-threshold}: relative change of a speed or bandwidth
 *     that makes a plan stale
 */
record LegoDnnOptions(
    Objective objective,
    double ratio,
    boolean additive,
    OptionalDouble margin,
    double replanThreshold) {
  private static final String PREFIX = "legodnn.";
  private static final List<String> NAMES =
      List.of(
          "objective",
          "alpha",
          "beta",
          "gamma",
          "ratio",
          "predictor",
          "margin",
          "replan-threshold");

  /**
   * Reads the options that begin with {@code legodnn.}.
   *
   * @throws RunFailure if one is unknown or has a value that it cannot have
   */
  static LegoDnnOptions of(Map<String, String> options) {
    for (String name : options.keySet()) {
      if (name.startsWith(PREFIX) && !NAMES.contains(name.substring(PREFIX.length()))) {
        throw new RunFailure(
            "unknown option '%s': legodnn has %s"
                .formatted(name, NAMES.stream().map(PREFIX::concat).toList()));
      }
    }
    Reader reader = new Reader(options);
    String margin = options.getOrDefault(PREFIX + "margin", "auto");
    return new LegoDnnOptions(
        objective(reader),
        reader.number("ratio", 0.2, Double.MIN_VALUE, 1, "in (0, 1]"),
        reader.word("predictor", List.of("multiplicative", "additive")).equals("additive"),
        margin.equals("auto")
            ? OptionalDouble.empty()
            : OptionalDouble.of(reader.number("margin", 0, 0, 1, "'auto' or in 0..1")),
        reader.number("replan-threshold", 0.2, 0, Double.MAX_VALUE, "0 or more"));
  }

  private static Objective objective(Reader reader) {
    String name = reader.word("objective", List.of("latency", "size", "weighted"));
    double alpha = reader.number("alpha", 1, 0, Double.MAX_VALUE, "0 or more");
    double beta = reader.number("beta", 1, 0, Double.MAX_VALUE, "0 or more");
    double gamma = reader.number("gamma", 1, 0, Double.MAX_VALUE, "0 or more");
    return switch (name) {
      case "size" -> new Objective.Size();
      case "weighted" -> new Objective.Weighted(alpha, beta, gamma);
      default -> new Objective.Latency();
    };
  }

  private record Reader(Map<String, String> options) {
    /** One of the valid words; the first one by default. */
    String word(String name, List<String> valid) {
      String value = options.getOrDefault(PREFIX + name, valid.get(0));
      if (!valid.contains(value)) {
        throw new RunFailure(
            "%s%s is '%s'; it can be %s".formatted(PREFIX, name, value, String.join(", ", valid)));
      }
      return value;
    }

    double number(String name, double otherwise, double least, double most, String range) {
      String text = options.get(PREFIX + name);
      if (text == null) {
        return otherwise;
      }
      try {
        double value = Double.parseDouble(text);
        if (value >= least && value <= most) {
          return value;
        }
      } catch (NumberFormatException e) {
        // Not a number and out of range are the same mistake to the user.
        throw new RunFailure(wrong(name, text, range), e);
      }
      throw new RunFailure(wrong(name, text, range));
    }

    private static String wrong(String name, String text, String range) {
      return "%s%s is '%s'; it must be a number %s".formatted(PREFIX, name, text, range);
    }
  }
}
