package io.offloadlab.bench.run;

import io.offloadlab.bench.metric.Entry;
import io.offloadlab.bench.referee.RouteRules;
import io.offloadlab.failure.Infeasible;
import io.offloadlab.failure.RunFailure;
import io.offloadlab.failure.UsageError;
import io.offloadlab.strategy.Arrivals;
import io.offloadlab.strategy.OffloadStrategy;
import io.offloadlab.strategy.Standing;
import io.offloadlab.strategy.StrategyContext;
import io.offloadlab.strategy.StrategyProvider;
import io.offloadlab.strategy.option.Option;
import io.offloadlab.strategy.option.OptionSet;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The strategies on the class path, by name. */
public final class Strategies {
  private final Map<String, StrategyProvider> providers = new TreeMap<>();

  Strategies(Iterable<StrategyProvider> all) {
    all.forEach(p -> providers.put(p.name(), p));
  }

  /** Every strategy registered with {@link ServiceLoader}. */
  public static Strategies onClassPath() {
    return new Strategies(ServiceLoader.load(StrategyProvider.class));
  }

  /**
   * These and those of some jars.
   *
   * @throws UsageError if a jar has none, or one that has the name of another
   */
  public Strategies and(List<Path> jars) {
    Strategies all = new Strategies(providers.values());
    for (Path jar : jars) {
      for (StrategyProvider p : PluginJars.providers(jar)) {
        StrategyProvider other = all.providers.putIfAbsent(p.name(), p);
        if (other != null) {
          throw new UsageError(
              "--plugin '%s' has a strategy '%s', and so has %s: give it another name"
                  .formatted(jar, p.name(), other.getClass().getName()));
        }
      }
    }
    return all;
  }

  /** All of them, sorted by name. */
  public Collection<StrategyProvider> all() {
    return List.copyOf(providers.values());
  }

  /**
   * One of them.
   *
   * @throws UsageError if there is none of this name
   */
  public StrategyProvider named(String name) {
    StrategyProvider provider = providers.get(name);
    if (provider == null) {
      throw UsageError.unknown("strategy", name, providers.keySet());
    }
    return provider;
  }

  /**
   * The one that a launcher runs.
   *
   * @throws UsageError if there is none
   */
  public StrategyProvider ofTool(String tool) {
    return providers.values().stream()
        .filter(p -> p.tool().equals(tool))
        .findFirst()
        .orElseThrow(() -> new UsageError("no strategy is run by bin/" + tool));
  }

  /**
   * Name of the entry that the others' latencies are divided by: the first of the strategy that is
   * the yardstick, or the first of all where that does not take part.
   *
   * @param entries at least one
   */
  public String yardstick(List<Entry> entries) {
    return entries.stream()
        .filter(e -> named(e.strategy()).standing().yardstick())
        .findFirst()
        .orElse(entries.get(0))
        .name();
  }

  /** Those of the usual strategies that plan for such a system. */
  public List<String> defaults(Extent extent) {
    return usual().filter(p -> obstacle(p, extent).isEmpty()).map(StrategyProvider::name).toList();
  }

  /** What {@link #defaults} leaves out, a line each that says why; empty for few edges. */
  public List<String> leftOut(Extent extent) {
    return usual()
        .flatMap(
            p ->
                obstacle(p, extent).stream()
                    .map(why -> "%s is left out: %s".formatted(p.name(), why)))
        .toList();
  }

  /**
   * Checks that those who were named can plan for such a system at all, however long they take.
   *
   * @throws RunFailure if one cannot
   */
  public void requirePossible(List<Entry> entries, Extent extent) {
    for (Entry e : entries) {
      tooFewCores(named(e.strategy()), extent)
          .ifPresent(
              why -> {
                throw new RunFailure(
                    "'%s' cannot take part: %s; leave it out".formatted(e.name(), why));
              });
    }
  }

  /**
   * What a system has of what some strategies need.
   *
   * @param edges how many
   * @param cloudCores of the cloud that is planned for
   * @param arrivals of tasks
   */
  public record Extent(int edges, int cloudCores, Arrivals arrivals) {}

  private static Optional<String> obstacle(StrategyProvider p, Extent extent) {
    if (extent.edges() > p.mostEdges()) {
      return Optional.of(
          String.format(
              Locale.ROOT,
              "it plans for at most %d edges in reasonable time (name it with --strategies to try)",
              p.mostEdges()));
    }
    return tooFewCores(p, extent);
  }

  private static Optional<String> tooFewCores(StrategyProvider p, Extent extent) {
    int each = p.cloudCoresPerEdge(extent.arrivals());
    if ((long) extent.edges() * each <= extent.cloudCores()) {
      return Optional.empty();
    }
    int fewer = extent.cloudCores() / each;
    return Optional.of(
        String.format(
            Locale.ROOT,
            "where several tasks are in flight, it gives each of the %d edges at least %d of the cloud's cores, which are %d (it takes part with %s--arrivals sequential)",
            extent.edges(),
            each,
            extent.cloudCores(),
            fewer == 0 ? "" : String.format(Locale.ROOT, "--edges %d or ", fewer)));
  }

  /** Those of some options whose strategies do not take part. */
  public List<String> idle(Map<String, String> options, List<Entry> entries) {
    List<OptionSet> used = entries.stream().map(e -> named(e.strategy()).options()).toList();
    return options.keySet().stream()
        .filter(key -> used.stream().noneMatch(s -> s.owns(key)))
        .toList();
  }

  /** Names of those that are plain answers to compare with. */
  public Set<String> references() {
    return providers.values().stream()
        .filter(p -> p.standing().role() == Standing.Role.REFERENCE)
        .map(StrategyProvider::name)
        .collect(Collectors.toUnmodifiableSet());
  }

  private Stream<StrategyProvider> usual() {
    return inOrder().filter(p -> p.standing().usual());
  }

  private Stream<StrategyProvider> inOrder() {
    return providers.values().stream()
        .sorted(Comparator.comparing(StrategyProvider::standing, Standing.ORDER));
  }

  /**
   * What was entered, before anything is started.
   *
   * @param lists of entries, as they are written
   * @param options of the run; those of an entry go before them
   * @throws UsageError if an entry is not understood, names an unknown strategy or option, or has
   *     another's name, or two would write to one file
   */
  public List<Entry> entered(List<String> lists, Map<String, String> options) {
    List<Entry> entries =
        EntryGrammar.read(String.join(",", lists)).stream().map(this::entry).toList();
    Set<String> names = new HashSet<>();
    for (Entry e : entries) {
      if (!names.add(e.name())) {
        throw new UsageError(
            "two entries are named '%s': give one a name of its own, such as %s-2=%s"
                .formatted(e.name(), e.strategy(), e.strategy()));
      }
    }
    Map<String, String> writers = new HashMap<>();
    for (Entry e : entries) {
      Map<String, String> all = e.settings(options);
      for (String key : written(all)) {
        String other =
            named(e.strategy()).options().owns(key) ? writers.put(all.get(key), e.name()) : null;
        if (other != null) {
          throw new UsageError(
              "%s=%s: '%s' and '%s' would write to the same place; give one of them another in its brackets"
                  .formatted(key, all.get(key), other, e.name()));
        }
      }
    }
    return entries;
  }

  /**
   * A strategy under its own name.
   *
   * @throws UsageError if there is none of this name
   */
  public Entry entry(String name) {
    return entry(named(name), name, Map.of());
  }

  private static Entry entry(StrategyProvider of, String name, Map<String, String> settings) {
    boolean reference = of.standing().role() == Standing.Role.REFERENCE;
    return new Entry(name, of.name(), settings, reference, of.learns());
  }

  private Entry entry(EntryGrammar.Written written) {
    OptionSet set = named(written.strategy()).options();
    if (!written.name().equals(written.strategy()) && providers.containsKey(written.name())) {
      throw new UsageError(
          "--strategies '%s': '%s' is another strategy's name; choose one that is none's"
              .formatted(written.text(), written.name()));
    }
    Map<String, String> settings = new HashMap<>();
    written.options().forEach((name, value) -> settings.put(set.prefix() + "." + name, value));
    try {
      set.read(settings);
    } catch (UsageError e) {
      throw new UsageError("entry '%s': %s".formatted(written.name(), e.getMessage()), e);
    }
    return entry(named(written.strategy()), written.name(), settings);
  }

  /**
   * Checks options, whether or not their strategies take part.
   *
   * @throws UsageError if one is unknown or has a value that it cannot have
   */
  public void checkOptions(Map<String, String> options) {
    List<OptionSet> sets = sets();
    for (String key : options.keySet()) {
      if (sets.stream().noneMatch(s -> s.owns(key))) {
        int dot = key.indexOf('.');
        UsageError unknown =
            UsageError.unknown(
                "strategy",
                dot < 0 ? key : key.substring(0, dot),
                sets.stream().map(OptionSet::prefix).toList());
        throw new UsageError(
            "option '%s' is not STRATEGY.NAME: %s".formatted(key, unknown.getMessage()));
      }
    }
    sets.forEach(s -> s.read(options));
  }

  /** Those of some options that name files which strategies write to. */
  public List<String> written(Map<String, String> options) {
    return sets().stream()
        .flatMap(s -> s.options().stream().filter(Option::written).map(s::key))
        .filter(options::containsKey)
        .toList();
  }

  private List<OptionSet> sets() {
    return providers.values().stream()
        .map(StrategyProvider::options)
        .filter(s -> !s.options().isEmpty())
        .distinct()
        .toList();
  }

  private static OffloadStrategy refereed(
      String name, OffloadStrategy strategy, StrategyContext context) {
    try {
      RouteRules rules =
          new RouteRules(name, context.scenario(), context.network(), strategy.components());
      OffloadStrategy refereed = Interposed.of(strategy, new Refereed(rules));
      return context.profile().isMeasured()
          ? refereed
          : Interposed.of(refereed, new LatencyAlone());
    } catch (RuntimeException e) {
      Closing.after(e, List.of(strategy));
      throw e;
    }
  }

  /**
   * Strategies for a run, to be closed.
   *
   * @throws UsageError if an option is not understood
   * @throws Infeasible if none of them can meet the scenario
   */
  public Entrants create(List<Entry> entries, StrategyContext context) {
    checkOptions(context.options());
    List<Entrant> entrants = new ArrayList<>();
    InfeasibleEntries none = new InfeasibleEntries();
    try {
      for (Entry e : entries) {
        StrategyContext own = context.with(e.settings(context.options()));
        try {
          entrants.add(
              new Entrant(e.name(), refereed(e.name(), named(e.strategy()).create(own), own)));
        } catch (Infeasible why) {
          none.add(e.name(), why);
        }
      }
    } catch (RuntimeException e) {
      Closing.after(e, Entrants.strategies(entrants));
      throw e;
    }
    none.throwIfAll(entries.size());
    return new Entrants(entrants, none);
  }
}
