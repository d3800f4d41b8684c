package io.offloadlab.scenario;

import io.offloadlab.failure.UsageError;
import io.offloadlab.strategy.LinkSpec;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Links as users write them: a preset's name, {@code UP/DOWN@RTT} or {@code RATE@RTT}, such as
 * {@code wifi}, {@code 8Mbit/20Mbit@15ms} or {@code 2.5MB}.
 *
 * <p>The presets are the rates used by studies in the manner of Neurosurgeon (Kang et al., ASPLOS
 * 2017) and DADS (Hu et al., INFOCOM 2019); uplink and downlink are equal.
 */
public final class LinkText {
  private static final Map<String, LinkSpec> PRESETS = presets();
  private static final Map<String, Double> BYTES_PER_UNIT =
      Map.of(
          "bit", 1 / 8.0, "kbit", 1e3 / 8, "mbit", 1e6 / 8, "gbit", 1e9 / 8, //
          "b", 1.0, "kb", 1e3, "mb", 1e6, "gb", 1e9);
  private static final String RATE = "([0-9.]+(?:[eE][+-]?[0-9]+)?) ?([kKmMgG]?(?:bit|B))(?:/s)?";
  private static final Pattern LINK =
      Pattern.compile(RATE + "(?:/" + RATE + ")?(?:@([0-9.]+) ?(ms|s))?");

  private LinkText() {}

  private static Map<String, LinkSpec> presets() {
    Map<String, LinkSpec> presets = new LinkedHashMap<>();
    presets.put("loopback", LinkSpec.UNSHAPED);
    presets.put("wifi", symmetric(18.88e6 / 8));
    presets.put("4g", symmetric(5.85e6 / 8));
    presets.put("3g", symmetric(1.1e6 / 8));
    presets.put("cat1", symmetric(0.13e6));
    return presets;
  }

  private static LinkSpec symmetric(double bytesPerSecond) {
    return new LinkSpec(bytesPerSecond, bytesPerSecond, 0);
  }

  /** Names of the presets. */
  public static List<String> presetNames() {
    return List.copyOf(PRESETS.keySet());
  }

  /**
   * A link from its text.
   *
   * @throws UsageError if it is neither a preset nor a rate
   */
  public static LinkSpec parse(String text) {
    LinkSpec preset = PRESETS.get(text.toLowerCase(Locale.ROOT));
    if (preset != null) {
      return preset;
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
      return new LinkSpec(up, down, "ms".equals(m.group(6)) ? rtt / 1e3 : rtt);
    } catch (IllegalArgumentException e) {
      throw new UsageError("link '%s': %s".formatted(text, e.getMessage()), e);
    }
  }

  private static double rate(String number, String unit) {
    return Double.parseDouble(number) * BYTES_PER_UNIT.get(unit.toLowerCase(Locale.ROOT));
  }
}
