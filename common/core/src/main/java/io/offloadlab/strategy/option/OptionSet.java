package io.offloadlab.strategy.option;

import io.offloadlab.failure.UsageError;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The options of a strategy.
 *
 * @param prefix before their names, without the dot: {@code legodnn}
 * @param options with names that differ
 */
public record OptionSet(String prefix, List<Option<?>> options) {
  /** Copies the list. */
  public OptionSet {
    options = List.copyOf(options);
  }

  /** Some options under a prefix. */
  public static OptionSet of(String prefix, Option<?>... options) {
    return new OptionSet(prefix, List.of(options));
  }

  /** Of a strategy that has none. */
  public static OptionSet none(String prefix) {
    return of(prefix);
  }

  /** Name of an option on the command line: {@code legodnn.ratio}. */
  public String key(Option<?> option) {
    return prefix + "." + option.name();
  }

  /** Whether a name on the command line has this prefix. */
  public boolean owns(String key) {
    return key.startsWith(prefix + ".");
  }

  /**
   * Reads the options with this prefix; others are not its business.
   *
   * @param given values by name on the command line
   * @throws UsageError if one is unknown or has a value that it cannot have
   */
  public Values read(Map<String, String> given) {
    Map<String, Option<?>> known = new TreeMap<>();
    options.forEach(o -> known.put(key(o), o));
    Map<Option<?>, Object> values = new HashMap<>();
    for (Map.Entry<String, String> e : new TreeMap<>(given).entrySet()) {
      if (owns(e.getKey())) {
        Option<?> option = known.get(e.getKey());
        if (option == null) {
          throw UsageError.unknown("option", e.getKey(), known.keySet());
        }
        values.put(option, parsed(option, e.getValue()));
      }
    }
    return new Values(this, values);
  }

  private Object parsed(Option<?> option, String text) {
    try {
      return option.parser().parse(text);
    } catch (UsageError e) {
      throw new UsageError("%s: %s".formatted(key(option), e.getMessage()), e);
    } catch (IllegalArgumentException e) {
      throw new UsageError(
          "%s is '%s': it must be %s".formatted(key(option), text, option.valid()), e);
    }
  }

  /**
   * Options that were read.
   *
   * @param of what they belong to
   * @param given the values of those that were given
   */
  public record Values(OptionSet of, Map<Option<?>, Object> given) {
    /** Copies the map. */
    public Values {
      given = Map.copyOf(given);
    }

    /** The value of an option that has a default. */
    public <T> T get(Option<T> option) {
      return find(option)
          .or(() -> option.byDefault().map(option.parser()::parse))
          .orElseThrow(() -> new IllegalArgumentException(option.name() + " has no default"));
    }

    /** The value of an option that was given. */
    @SuppressWarnings("unchecked")
    public <T> Optional<T> find(Option<T> option) {
      // The parser of the same option made it.
      return Optional.ofNullable((T) given.get(option));
    }
  }
}
