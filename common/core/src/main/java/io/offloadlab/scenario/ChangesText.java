package io.offloadlab.scenario;

import io.offloadlab.failure.UsageError;
import io.offloadlab.strategy.LinkChanges;
import io.offloadlab.strategy.LinkChanges.Change;
import io.offloadlab.strategy.LinkSpec;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Changes of a link as users write them: {@code none}, steps such as {@code 20s x0.1, 40s x1}
 * (parts of the link's rates) or {@code 20s 4g, 1min wifi}, {@code mobility} for a device that
 * walks about, or a file that ends in {@code .csv}, see {@link LinkTrace}.
 */
final class ChangesText {
  private static final String NONE = "none";
  private static final String MOBILITY = "mobility";
  private static final String FILE = ".csv";
  private static final String NUMBER = "[0-9.]+(?:[eE][+-]?[0-9]+)?";
  private static final Pattern STEP =
      Pattern.compile("(" + NUMBER + ") ?(ms|s|min) (?:x(" + NUMBER + ")|(\\S.*))");

  /** What changes look like, as a regular expression; none look otherwise. */
  static final String SCHEMA =
      "none|mobility|.*\\.csv|[0-9.]+(?:[eE][+-]?[0-9]+)? ?(?:ms|s|min) \\S.*";

  /** Of a rate: what is left of a link is still one. */
  private static final double MOST = 1000;

  private ChangesText() {}

  /** Refuses what is not understood, before the link is known. */
  static void check(String text) {
    parse(text, LinkText.parse("wifi"), 0, 1);
  }

  /**
   * Changes from their text.
   *
   * @param link that they begin with
   * @param seed of the scenario
   * @param edge whose link it is, from 1
   * @throws UsageError if the text is not understood, a file cannot be read, or a part is asked of
   *     a link without a rate
   */
  static LinkChanges parse(String text, LinkSpec link, long seed, int edge) {
    String t = text.strip();
    if (t.equals(NONE)) {
      return LinkChanges.NONE;
    }
    if (t.endsWith(FILE)) {
      return LinkTrace.read(Path.of(t));
    }
    if (t.equals(MOBILITY)) {
      requireRate(text, link);
      return Mobility.walk(link, seed, edge);
    }
    List<Change> changes = new ArrayList<>();
    try {
      for (String step : t.split(",", -1)) {
        changes.add(step(text, step.strip(), link));
      }
      return new LinkChanges(changes);
    } catch (IllegalArgumentException e) {
      throw new UsageError("changes '%s': %s".formatted(text, e.getMessage()), e);
    }
  }

  private static Change step(String text, String step, LinkSpec link) {
    Matcher m = STEP.matcher(step);
    if (!m.matches()) {
      throw new UsageError(
          "changes '%s' are not understood at '%s': write none, mobility, a file of lines SECONDS,MBIT,RTT_MS that ends in .csv, or steps such as '20s x0.1, 40s x1' or '20s 4g, 1min wifi'"
              .formatted(text, step));
    }
    double time = Double.parseDouble(m.group(1));
    double seconds =
        switch (m.group(2)) {
          case "ms" -> time / 1e3;
          case "min" -> time * 60;
          default -> time;
        };
    if (m.group(3) == null) {
      return new Change(seconds, LinkText.parse(m.group(4)));
    }
    requireRate(text, link);
    double part = Double.parseDouble(m.group(3));
    if (!(part > 0 && part <= MOST)) {
      throw new IllegalArgumentException(
          "a part of the rate is in (0, %s], not %s".formatted(MOST, m.group(3)));
    }
    return new Change(seconds, part(link, part));
  }

  /** A link with a part of its rates and the same round trip. */
  static LinkSpec part(LinkSpec link, double part) {
    return new LinkSpec(
        link.upBytesPerSecond() * part, link.downBytesPerSecond() * part, link.rttSeconds());
  }

  private static void requireRate(String text, LinkSpec link) {
    if (Double.isInfinite(link.upBytesPerSecond())
        || Double.isInfinite(link.downBytesPerSecond())) {
      throw new UsageError(
          "changes '%s' are parts of the link's rate, and loopback has none: give the scenario a link"
              .formatted(text));
    }
  }
}
