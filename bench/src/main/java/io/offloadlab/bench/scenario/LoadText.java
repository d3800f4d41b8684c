package io.offloadlab.bench.scenario;

import io.offloadlab.sim.SimulationOptions.BackgroundLoad;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Work of others at the cloud as users write it: {@code 15/s of 20ms}. */
public final class LoadText {
  private static final Pattern LOAD =
      Pattern.compile("([0-9.eE+-]+)(?:/s)? of ([0-9.eE+-]+) ?(ms|s)");

  private LoadText() {}

  /**
   * Reads a load.
   *
   * @param text the value of {@code --cloud-load}
   * @throws UsageError if it is no load, or a number is out of range
   */
  public static BackgroundLoad parse(String text) {
    Matcher m = LOAD.matcher(text.trim());
    if (!m.matches()) {
      throw new UsageError(
          "--cloud-load '%s' is not understood: write RATE/s of TIME, such as '15/s of 20ms'"
              .formatted(text));
    }
    try {
      double seconds = Double.parseDouble(m.group(2));
      return new BackgroundLoad(
          Double.parseDouble(m.group(1)), m.group(3).equals("ms") ? seconds / 1e3 : seconds);
    } catch (IllegalArgumentException e) {
      throw new UsageError("--cloud-load '%s': %s".formatted(text, e.getMessage()), e);
    }
  }
}
