package io.offloadlab.failure;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import org.apache.commons.text.similarity.LevenshteinDistance;

/**
 * What the user asked for cannot be understood: exit code 2. The message is one line and names the
 * value and what would be valid.
 */
public final class UsageError extends RuntimeException {
  private static final int FAR = 4;

  /**
   * @param message the one line that is printed
   */
  public UsageError(String message) {
    super(message);
  }

  /**
   * @param message the one line that is printed
   * @param cause what could not be read
   */
  public UsageError(String message, Throwable cause) {
    super(message, cause);
  }

  /**
   * A name that is not among the valid ones; names the nearest one when something is near.
   *
   * @param kind what it should have been: {@code strategy}
   * @param value what was given
   * @param valid names that would do
   */
  public static UsageError unknown(String kind, String value, Collection<String> valid) {
    return unknown(kind, value, valid, "");
  }

  /** As {@link #unknown(String, String, Collection)}, with other forms that would do. */
  public static UsageError unknown(
      String kind, String value, Collection<String> valid, String orElse) {
    LevenshteinDistance distance = LevenshteinDistance.getDefaultInstance();
    String given = value.toLowerCase(Locale.ROOT);
    String hint =
        valid.stream()
            .min(Comparator.comparingInt(v -> distance.apply(given, v)))
            .filter(v -> distance.apply(given, v) < FAR)
            .map(v -> " (did you mean %s?)".formatted(v))
            .orElse("");
    return new UsageError(
        "unknown %s '%s'%s: valid are %s%s"
            .formatted(
                kind,
                value,
                hint,
                String.join(", ", valid),
                orElse.isEmpty() ? "" : ", " + orElse));
  }
}
