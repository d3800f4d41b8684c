package io.offloadlab.bench.run;

import io.offloadlab.failure.UsageError;
import io.offloadlab.strategy.StrategyContext;
import io.offloadlab.strategy.StrategyProvider;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The strategies on the class path, by name. */
public final class Strategies {
  /** What a comparison runs when it is not told: the literature's strategies and plain answers. */
  private static final List<String> DEFAULTS =
      List.of("legodnn", "ddpg", "dt", "cloud-only", "edge-only", "neurosurgeon");

  /** The strategy that every other one's latency is divided by. */
  public static final String YARDSTICK = "legodnn";

  private final Map<String, StrategyProvider> providers = new TreeMap<>();

  private Strategies() {
    ServiceLoader.load(StrategyProvider.class).forEach(p -> providers.put(p.name(), p));
  }

  /** Every strategy registered with {@link ServiceLoader}. */
  public static Strategies onClassPath() {
    return new Strategies();
  }

  /** Names and one-line summaries, sorted by name. */
  public Collection<StrategyProvider> all() {
    return List.copyOf(providers.values());
  }

  /** Those of the usual strategies that are there and plan for so many edges. */
  public List<String> defaults(int edges) {
    return usual().filter(n -> edges <= providers.get(n).mostEdges()).toList();
  }

  /** What {@link #defaults} leaves out, a line each that says why; empty for few edges. */
  public List<String> leftOut(int edges) {
    return usual()
        .filter(n -> edges > providers.get(n).mostEdges())
        .map(
            n ->
                "%s is left out: it plans for at most %d edges in reasonable time (name it with --strategies to try)"
                    .formatted(n, providers.get(n).mostEdges()))
        .toList();
  }

  private Stream<String> usual() {
    return DEFAULTS.stream().filter(providers::containsKey);
  }

  /**
   * Checks names, before anything is started.
   *
   * @throws UsageError if one is unknown or given twice
   */
  public void check(List<String> names) {
    for (String name : names) {
      if (!providers.containsKey(name)) {
        throw UsageError.unknown("strategy", name, providers.keySet());
      }
    }
    if (names.stream().distinct().count() < names.size()) {
      throw new UsageError("a strategy is named twice in %s".formatted(String.join(",", names)));
    }
  }

  /**
   * Strategies for a run.
   *
   * @throws UsageError if an option belongs to no strategy
   * @throws io.offloadlab.failure.RunFailure if one of them cannot meet the scenario
   */
  public List<Entrant> create(List<String> names, StrategyContext context) {
    for (String option : context.options().keySet()) {
      Optional<String> owner =
          providers.keySet().stream().filter(n -> option.startsWith(n + ".")).findFirst();
      if (owner.isEmpty()) {
        throw new UsageError(
            "option '%s' belongs to no strategy: write STRATEGY.NAME=VALUE with one of %s"
                .formatted(option, String.join(", ", providers.keySet())));
      }
    }
    List<Entrant> entrants = new ArrayList<>();
    for (String name : names) {
      entrants.add(new Entrant(name, providers.get(name).create(context)));
    }
    return entrants;
  }
}
