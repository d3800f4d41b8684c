package io.offloadlab.bench;

import io.offloadlab.bench.run.Strategies;
import io.offloadlab.strategy.NodeId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** Which strategies take part. */
final class StrategyOptions {
  @Option(
      names = "--strategies",
      paramLabel = "NAME",
      split = ",",
      description =
          "Strategies to compare; see compare --list. Default: every usual one that plans for so many edges.")
  private List<String> strategies;

  /**
   * The strategies' names. What is left out of them is said, and which settings have no effect.
   *
   * @param settings of strategies, by {@code STRATEGY.NAME}
   * @throws io.offloadlab.failure.UsageError if one is unknown or given twice, or a setting is
   *     wrong
   */
  List<String> names(
      Strategies known, Wanted wanted, Map<String, String> settings, CommandSpec spec) {
    known.checkOptions(settings);
    List<String> names = names(known, wanted, spec);
    for (String key : known.idle(settings, names)) {
      say(spec, "-O %s has no effect: none of %s has it".formatted(key, String.join(", ", names)));
    }
    return names;
  }

  /** Strategies that nobody named and that are there to be compared with, whatever they exceed. */
  Set<String> excused(Strategies known) {
    return strategies != null ? Set.of() : known.references();
  }

  private List<String> names(Strategies known, Wanted wanted, CommandSpec spec) {
    if (strategies != null) {
      known.check(strategies);
      return strategies;
    }
    int edges = wanted.draft().edgeCount();
    int cores =
        wanted
            .view()
            .map(v -> v.measured().view().node(NodeId.CLOUD).cores())
            .orElseGet(() -> Runtime.getRuntime().availableProcessors());
    known.leftOut(edges, cores).forEach(line -> say(spec, line));
    return known.defaults(edges, cores);
  }

  private static void say(CommandSpec spec, String line) {
    spec.commandLine().getErr().println(spec.root().name() + ": " + line);
  }
}
