package io.offloadlab.strategy.option;

import io.offloadlab.failure.UsageError;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * One option of a strategy.
 *
 * @param <T> what its text means
 * @param name after the strategy's prefix: {@code replan-threshold}
 * @param valid what it can be, for people: {@code a number, 0 or more}
 * @param byDefault its text where it is not given; empty for none
 * @param docs what it does, in a line
 * @param written whether the strategy writes to the file that it names
 * @param parser makes sense of a text
 */
public record Option<T>(
    String name,
    String valid,
    Optional<String> byDefault,
    String docs,
    boolean written,
    Parser<T> parser) {

  /** Makes sense of a text. */
  @FunctionalInterface
  public interface Parser<T> {
    /**
     * What a text means.
     *
     * @throws IllegalArgumentException if it means nothing
     * @throws UsageError if it means nothing and the error says more than what is valid
     */
    T parse(String text);
  }

  /** An option of any type. */
  public static <T> Option<T> of(
      String name, String byDefault, String valid, String docs, Parser<T> parser) {
    return new Option<>(name, valid, Optional.of(byDefault), docs, false, parser);
  }

  /** One of some words; the first one by default. */
  public static Option<String> word(String name, List<String> words, String docs) {
    return of(
        name,
        words.get(0),
        String.join(", ", words),
        docs,
        text -> {
          if (!words.contains(text)) {
            throw UsageError.unknown("value", text, words);
          }
          return text;
        });
  }

  /** Yes or no. */
  public static Option<Boolean> flag(String name, boolean byDefault, String docs) {
    Option<String> word = word(name, List.of("true", "false"), docs);
    return of(
        name,
        String.valueOf(byDefault),
        word.valid(),
        docs,
        text -> Boolean.valueOf(word.parser().parse(text)));
  }

  /** A number within a range. */
  public static Option<Double> number(String name, double byDefault, Range range, String docs) {
    return of(
        name,
        String.valueOf(byDefault),
        "a number " + range,
        docs,
        text -> range.checked(Double.parseDouble(text)));
  }

  /** A whole number within a range. */
  public static Option<Integer> whole(String name, int byDefault, Range range, String docs) {
    return of(
        name,
        String.valueOf(byDefault),
        "a whole number " + range,
        docs,
        text -> (int) range.checked(Integer.parseInt(text)));
  }

  /** A file or folder that the strategy reads and writes; none by default. */
  public static Option<Path> file(String name, String valid, String docs) {
    return new Option<>(name, valid, Optional.empty(), docs, true, Path::of);
  }
}
