package io.offloadlab.scenario;

import io.offloadlab.failure.UsageError;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Memory budgets as users write them: {@code 25%} (of the original model), {@code 8MiB} or {@code
 * unlimited}.
 */
final class MemoryText {
  private static final Pattern BUDGET = Pattern.compile("([0-9]+(?:\\.[0-9]+)?) ?(%|[kmg]ib)");

  /** What a budget looks like, as a regular expression; no budget looks otherwise. */
  static final String SCHEMA =
      "[uU][nN][lL][iI][mM][iI][tT][eE][dD]|[0-9]+(?:\\.[0-9]+)? ?(?:%|[kKmMgG][iI][bB])";

  private MemoryText() {}

  /**
   * Bytes of a budget.
   *
   * @param modelBytes bytes of the original model's parameters in float32
   * @throws UsageError if the text is no budget
   */
  static long parse(String text, long modelBytes) {
    String t = text.trim().toLowerCase(Locale.ROOT);
    if (t.equals("unlimited")) {
      return Long.MAX_VALUE;
    }
    Matcher m = BUDGET.matcher(t);
    if (!m.matches()) {
      throw new UsageError(
          "memory budget '%s' is not understood: write 25%% (of the model), 8MiB or unlimited"
              .formatted(text));
    }
    double number = Double.parseDouble(m.group(1));
    double bytes =
        switch (m.group(2)) {
          case "%" -> number / 100 * modelBytes;
          case "kib" -> number * (1 << 10);
          case "mib" -> number * (1 << 20);
          default -> number * (1 << 30);
        };
    return (long) bytes;
  }
}
