package io.offloadlab.bench.metric;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A strategy as it was entered into a run: the same one may take part several times, under names
 * and with settings of its own.
 *
 * @param name in every table and file; differs from those of the run's other entries
 * @param strategy name of the strategy
 * @param settings of this entry alone, as {@code STRATEGY.NAME} and value; they go before those of
 *     the run
 * @param reference whether it is a plain answer, there to be compared with
 * @param learned whether what it decides depends on what it learned from chance
 */
public record Entry(
    String name,
    String strategy,
    Map<String, String> settings,
    boolean reference,
    boolean learned) {
  /** Copies the settings, in the order of their names. */
  public Entry {
    settings = new TreeMap<>(settings);
  }

  /** One that is studied and does not learn. */
  public Entry(String name, String strategy, Map<String, String> settings) {
    this(name, strategy, settings, false, false);
  }

  /** The same under its own name, with the run's settings. */
  public static Entry of(String strategy) {
    return new Entry(strategy, strategy, Map.of());
  }

  /** The settings that hold for it, by name. */
  public Map<String, String> settings(Map<String, String> ofRun) {
    Map<String, String> all = new LinkedHashMap<>(ofRun);
    all.putAll(settings);
    return all;
  }

  /** What it is, in a line; empty for a strategy under its own name with the run's settings. */
  public Optional<String> told() {
    if (name.equals(strategy) && settings.isEmpty()) {
      return Optional.empty();
    }
    String with =
        settings.entrySet().stream()
            .map(e -> e.getKey() + "=" + e.getValue())
            .collect(Collectors.joining(", "));
    return Optional.of("%s: %s%s".formatted(name, strategy, with.isEmpty() ? "" : " with " + with));
  }
}
