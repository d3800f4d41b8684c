package io.offloadlab.scenario;

import io.offloadlab.failure.UsageError;
import io.offloadlab.strategy.Arrivals;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Arrivals as users write them: {@code sequential}, {@code sequential K} (that many tasks in
 * flight), {@code poisson RATE} (tasks per second) or {@code bernoulli P per SLOT} (a slot such as
 * {@code 10ms}).
 */
final class ArrivalsText {
  private static final String NUMBER = "(-?[0-9.]+(?:[eE][+-]?[0-9]+)?)";
  private static final Pattern SEQUENTIAL = Pattern.compile("sequential(?: ([0-9]+))?");
  private static final Pattern POISSON = Pattern.compile("poisson " + NUMBER);
  private static final Pattern BERNOULLI =
      Pattern.compile("bernoulli " + NUMBER + " per " + NUMBER + " ?(ms|s)");

  /** What arrivals look like, as a regular expression; none look otherwise. */
  static final String SCHEMA = SEQUENTIAL + "|" + POISSON + "|" + BERNOULLI;

  /** Tasks/s: one in 30 years, and one in a nanosecond. */
  private static final double LEAST_RATE = 1e-9;

  private static final double MOST_RATE = 1e9;

  private static final int MOST_IN_FLIGHT = 1000;
  private static final int DIGITS = 9;

  private ArrivalsText() {}

  private static int inFlight(String written) {
    if (written == null) {
      return 1;
    }
    if (written.length() > DIGITS || Integer.parseInt(written) > MOST_IN_FLIGHT) {
      throw new IllegalArgumentException(
          "%s tasks at most are in flight, not %s".formatted(MOST_IN_FLIGHT, written));
    }
    return Integer.parseInt(written);
  }

  /** What is not positive is refused where the process is made. */
  private static void checkRate(double rate) {
    if (rate > 0 && !(rate >= LEAST_RATE && rate <= MOST_RATE)) {
      throw new IllegalArgumentException(
          "tasks arrive at %s to %s per second, not %s".formatted(LEAST_RATE, MOST_RATE, rate));
    }
  }

  /**
   * @throws UsageError if the text is no arrival process, or a number is out of range
   */
  static Arrivals parse(String text) {
    String t = text.trim();
    Matcher sequential = SEQUENTIAL.matcher(t);
    Matcher poisson = POISSON.matcher(t);
    Matcher bernoulli = BERNOULLI.matcher(t);
    try {
      if (sequential.matches()) {
        return new Arrivals.Sequential(inFlight(sequential.group(1)));
      } else if (poisson.matches()) {
        double rate = Double.parseDouble(poisson.group(1));
        checkRate(rate);
        return new Arrivals.Poisson(rate);
      } else if (bernoulli.matches()) {
        double slot = Double.parseDouble(bernoulli.group(2));
        double seconds = bernoulli.group(3).equals("ms") ? slot / 1e3 : slot;
        double probability = Double.parseDouble(bernoulli.group(1));
        checkRate(probability / seconds);
        return new Arrivals.Bernoulli(probability, seconds);
      }
    } catch (IllegalArgumentException e) {
      throw new UsageError("arrivals '%s': %s".formatted(text, e.getMessage()), e);
    }
    throw new UsageError(
        "arrivals '%s' are not understood: write sequential, sequential K (tasks in flight), poisson RATE (tasks per second) or bernoulli P per SLOT (such as 10ms)"
            .formatted(text));
  }
}
