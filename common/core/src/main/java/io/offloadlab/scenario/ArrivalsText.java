package io.offloadlab.scenario;

import io.offloadlab.failure.UsageError;
import io.offloadlab.strategy.Arrivals;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Arrivals as users write them: {@code sequential}, {@code poisson RATE} (tasks per second) or
 * {@code bernoulli P per SLOT} (a slot such as {@code 10ms}).
 */
final class ArrivalsText {
  private static final String NUMBER = "(-?[0-9.]+(?:[eE][+-]?[0-9]+)?)";
  private static final Pattern POISSON = Pattern.compile("poisson " + NUMBER);
  private static final Pattern BERNOULLI =
      Pattern.compile("bernoulli " + NUMBER + " per " + NUMBER + " ?(ms|s)");

  /** What arrivals look like, as a regular expression; none look otherwise. */
  static final String SCHEMA = "sequential|" + POISSON + "|" + BERNOULLI;

  private ArrivalsText() {}

  /**
   * @throws UsageError if the text is no arrival process, or a number is out of range
   */
  static Arrivals parse(String text) {
    String t = text.trim();
    Matcher poisson = POISSON.matcher(t);
    Matcher bernoulli = BERNOULLI.matcher(t);
    try {
      if (t.equals("sequential")) {
        return new Arrivals.Sequential();
      } else if (poisson.matches()) {
        return new Arrivals.Poisson(Double.parseDouble(poisson.group(1)));
      } else if (bernoulli.matches()) {
        double slot = Double.parseDouble(bernoulli.group(2));
        return new Arrivals.Bernoulli(
            Double.parseDouble(bernoulli.group(1)),
            bernoulli.group(3).equals("ms") ? slot / 1e3 : slot);
      }
    } catch (IllegalArgumentException e) {
      throw new UsageError("arrivals '%s': %s".formatted(text, e.getMessage()), e);
    }
    throw new UsageError(
        "arrivals '%s' are not understood: write sequential, poisson RATE (tasks per second) or bernoulli P per SLOT (such as 10ms)"
            .formatted(text));
  }
}
