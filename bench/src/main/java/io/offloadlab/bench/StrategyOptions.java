package io.offloadlab.bench;

import io.offloadlab.bench.metric.Entry;
import io.offloadlab.bench.run.Strategies;
import io.offloadlab.strategy.NodeId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** Which strategies take part. */
final class StrategyOptions {
  @Option(
      names = "--strategies",
      paramLabel = "ENTRY,...",
      description =
          "What to compare: NAME, or MINE=NAME[OPTION=VALUE,...] for a strategy under another name and with options of its own, which go before those of -O (in quotation marks for the shell); names: compare --list. Default: every usual one that plans for so many edges.")
  private List<String> strategies;

  /**
   * Who takes part. What is left out is said, and which settings have no effect.
   *
   * @param settings of strategies, by {@code STRATEGY.NAME}
   * @throws io.offloadlab.failure.UsageError if an entry or a setting is wrong
   */
  List<Entry> entries(
      Strategies known, Wanted wanted, Map<String, String> settings, CommandSpec spec) {
    known.checkOptions(settings);
    List<Entry> entries = entered(known, wanted, settings, spec);
    for (String key : known.idle(settings, entries)) {
      say(
          spec,
          "-O %s has no effect: none of %s has it"
              .formatted(key, entries.stream().map(Entry::name).collect(Collectors.joining(", "))));
    }
    return entries;
  }

  /** Strategies that nobody named and that are there to be compared with, whatever they exceed. */
  Set<String> excused(Strategies known) {
    return strategies != null ? Set.of() : known.references();
  }

  private List<Entry> entered(
      Strategies known, Wanted wanted, Map<String, String> settings, CommandSpec spec) {
    int cores =
        wanted
            .view()
            .map(v -> v.measured().view().node(NodeId.CLOUD).cores())
            .orElseGet(() -> Runtime.getRuntime().availableProcessors());
    Strategies.Extent extent =
        new Strategies.Extent(wanted.draft().edgeCount(), cores, wanted.draft().arrivalProcess());
    if (strategies != null) {
      List<Entry> entries = known.entered(strategies, settings);
      known.requirePossible(entries, extent);
      return entries;
    }
    known.leftOut(extent).forEach(line -> say(spec, line));
    return known.defaults(extent).stream().map(known::entry).toList();
  }

  private static void say(CommandSpec spec, String line) {
    spec.commandLine().getErr().println(spec.root().name() + ": " + line);
  }
}
