package io.offloadlab.bench;

import io.offloadlab.bench.run.Strategies;
import io.offloadlab.scenario.ScenarioDraft;
import java.util.List;
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
   * The strategies' names.
   *
   * @throws io.offloadlab.failure.UsageError if one is unknown or given twice
   */
  List<String> names(Strategies known, ScenarioDraft draft, CommandSpec spec) {
    if (strategies != null) {
      known.check(strategies);
      return strategies;
    }
    int edges = draft.edgeCount();
    for (String line : known.leftOut(edges)) {
      spec.commandLine().getErr().println(spec.root().name() + ": " + line);
    }
    return known.defaults(edges);
  }
}
