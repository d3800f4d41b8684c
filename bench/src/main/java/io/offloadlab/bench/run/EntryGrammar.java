package io.offloadlab.bench.run;

import io.offloadlab.failure.UsageError;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * How entries are written: {@code STRATEGY}, {@code STRATEGY[OPTION=VALUE,...]} or either with
 * {@code NAME=} before it, separated by commas. Brackets and braces within a value belong to it.
 */
final class EntryGrammar {
  private static final String FORM =
      "write STRATEGY or NAME=STRATEGY[OPTION=VALUE,...], in quotation marks for the shell";
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._+-]{0,39}");
  private static final Map<Character, Character> CLOSED_BY = Map.of('[', ']', '{', '}');

  private EntryGrammar() {}

  /**
   * An entry as it is written.
   *
   * @param text the whole of it
   * @param name before the equals sign; the strategy's where there is none
   * @param strategy which one
   * @param options names without the strategy's prefix, and values
   */
  record Written(String text, String name, String strategy, Map<String, String> options) {}

  /**
   * Reads a list of entries.
   *
   * @throws UsageError if a bracket is not closed, or an entry or option is not as it is written
   */
  static List<Written> read(String list) {
    return split(list, list).stream().map(e -> entry(e.strip(), list)).toList();
  }

  private static Written entry(String text, String list) {
    if (text.isEmpty()) {
      throw wrong(list, "an entry is empty");
    }
    int bracket = text.indexOf('[');
    String head = bracket < 0 ? text : text.substring(0, bracket);
    int equals = head.indexOf('=');
    String strategy = head.substring(equals + 1).strip();
    String name = equals < 0 ? strategy : head.substring(0, equals).strip();
    if (strategy.isEmpty()) {
      throw wrong(text, "it names no strategy");
    }
    if (equals >= 0 && !NAME.matcher(name).matches()) {
      throw wrong(
          text,
          "'%s' is no name: a name is up to 40 letters, digits and . _ + -, and begins with a letter or digit"
              .formatted(name));
    }
    if (bracket < 0) {
      return new Written(text, name, strategy, Map.of());
    }
    if (!text.endsWith("]")) {
      throw wrong(text, "something follows the bracket");
    }
    return new Written(
        text, name, strategy, options(text, text.substring(bracket + 1, text.length() - 1)));
  }

  private static Map<String, String> options(String entry, String text) {
    Map<String, String> options = new LinkedHashMap<>();
    for (String option : split(text, entry)) {
      int equals = option.indexOf('=');
      String name = option.substring(0, Math.max(0, equals)).strip();
      if (name.isEmpty()) {
        throw wrong(entry, "'%s' is not OPTION=VALUE".formatted(option.strip()));
      }
      if (options.put(name, option.substring(equals + 1).strip()) != null) {
        throw wrong(entry, "option '%s' is given twice".formatted(name));
      }
    }
    return options;
  }

  /** Parts between the commas that are in no bracket. */
  private static List<String> split(String text, String whole) {
    List<String> parts = new ArrayList<>();
    Deque<Character> open = new ArrayDeque<>();
    int from = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (CLOSED_BY.containsKey(c)) {
        open.push(CLOSED_BY.get(c));
      } else if (CLOSED_BY.containsValue(c)) {
        if (open.isEmpty() || open.pop() != c) {
          throw wrong(whole, "a '%s' closes nothing".formatted(c));
        }
      } else if (c == ',' && open.isEmpty()) {
        parts.add(text.substring(from, i));
        from = i + 1;
      }
    }
    if (!open.isEmpty()) {
      throw wrong(whole, "a '%s' is missing".formatted(open.peek()));
    }
    parts.add(text.substring(from));
    return parts;
  }

  private static UsageError wrong(String text, String what) {
    return new UsageError("--strategies '%s': %s; %s".formatted(text, what, FORM));
  }
}
