package io.offloadlab.scenario;

import io.offloadlab.failure.UsageError;
import io.offloadlab.strategy.LinkSpec;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Links as users write them: a preset's name, {@code UP/DOWN@RTT} or {@code RATE@RTT}, such as
 * {@code wifi}, {@code 8Mbit/20Mbit@15ms} or {@code 2.5MB}.
 */
public final class LinkText {
  private static final Map<String, Double> BYTES_PER_UNIT =
      Map.of(
          "bit", 1 / 8.0, "kbit", 1e3 / 8, "mbit", 1e6 / 8, "gbit", 1e9 / 8, //
          "b", 1.0, "kb", 1e3, "mb", 1e6, "gb", 1e9);
  private static final String RATE = "([0-9.]+(?:[eE][+-]?[0-9]+)?) ?([kKmMgG]?(?:bit|B))(?:/s)?";
  private static final String RATES =
      RATE + "(?:/" + RATE + ")?(?:@([0-9.]+(?:[eE][+-]?[0-9]+)?) ?(ms|s))?";
  private static final Pattern LINK = Pattern.compile(RATES);

  /** What a link looks like, as a regular expression; no link looks otherwise. */
  static final String SCHEMA =
      presetNames().stream().map(LinkText::anyCase).collect(Collectors.joining("|")) + "|" + RATES;

  /** Bytes/s and seconds: beyond what anybody waits for, sums are no numbers any more. */
  static final double LEAST_RATE = 1e-3;

  static final double MOST_RATE = 1e15;
  static final double MOST_RTT = 3600;

  private LinkText() {}

  private static String anyCase(String name) {
    return name.chars()
        .mapToObj(c -> Character.isLetter(c) ? "[%c%c]".formatted(c, c - 'a' + 'A') : "" + (char) c)
        .collect(Collectors.joining());
  }

  /** Names of the presets. */
  public static List<String> presetNames() {
    return LinkPreset.ALL.stream().map(LinkPreset::name).toList();
  }

  /**
   * A link from its text.
   *
   * @throws UsageError if it is neither a preset nor a rate
   */
  public static LinkSpec parse(String text) {
    for (LinkPreset preset : LinkPreset.ALL) {
      if (preset.name().equalsIgnoreCase(text)) {
        return preset.link();
      }
    }
    Matcher m = LINK.matcher(text.trim());
    if (!m.matches()) {
      throw UsageError.unknown(
          "link", text, presetNames(), "or UP/DOWN@RTT such as 8Mbit/20Mbit@15ms");
    }
    try {
      double up = rate(m.group(1), m.group(2));
      double down = m.group(3) == null ? up : rate(m.group(3), m.group(4));
      double rtt = m.group(5) == null ? 0 : Double.parseDouble(m.group(5));
      double seconds = "ms".equals(m.group(6)) ? rtt / 1e3 : rtt;
      if (seconds > MOST_RTT) {
        throw new IllegalArgumentException(
            "a round trip takes at most %s s, not %s".formatted(MOST_RTT, seconds));
      }
      return new LinkSpec(up, down, seconds);
    } catch (IllegalArgumentException e) {
      throw new UsageError("link '%s': %s".formatted(text, e.getMessage()), e);
    }
  }

  /** A link as {@link #parse} reads it. */
  public static String write(LinkSpec link) {
    if (link.equals(LinkSpec.UNSHAPED)) {
      return "loopback";
    }
    return "%sB/%sB@%ss"
        .formatted(link.upBytesPerSecond(), link.downBytesPerSecond(), link.rttSeconds());
  }

  private static double rate(String number, String unit) {
    double rate = Double.parseDouble(number) * BYTES_PER_UNIT.get(unit.toLowerCase(Locale.ROOT));
    if (rate > 0 && !(rate >= LEAST_RATE && rate <= MOST_RATE)) {
      throw new IllegalArgumentException(
          "rates are %s to %s bytes/s, not %s; loopback has no limit"
              .formatted(LEAST_RATE, MOST_RATE, rate));
    }
    return rate;
  }
}
