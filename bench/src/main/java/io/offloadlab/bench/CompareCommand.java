package io.offloadlab.bench;

import io.offloadlab.bench.metric.Entry;
import io.offloadlab.bench.run.Nodes.Place;
import io.offloadlab.bench.run.Pinning;
import io.offloadlab.bench.run.Strategies;
import io.offloadlab.failure.UsageError;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code bench compare}: the one honest table. */
@Command(
    name = "compare",
    description = "Runs strategies over one task stream on real nodes and compares them.",
    sortOptions = false,
    mixinStandardHelpOptions = true)
final class CompareCommand implements Callable<Integer> {
  @Mixin private ScenarioOptions scenario;
  @Mixin private ModelOptions model;
  @Mixin private PluginOption plugins;
  @Mixin private RunOptions run;

  @Mixin private StrategyOptions strategies;

  @Mixin private EngineOption engine;

  @Option(
      names = "--list",
      arity = "0..1",
      fallbackValue = "",
      paramLabel = "NAME",
      description = "List the strategies, or the options of one of them, and stop.")
  private String list;

  @Option(
      names = "--simulate",
      description = "Simulate the same stream afterwards, and show both mean latencies.")
  private boolean simulate;

  @Option(
      names = "--pin",
      description =
          "Give every node cores of its own, with Linux's taskset. Default: nodes share all cores.")
  private boolean pin;

  @ArgGroup private Where where = new Where();

  @Spec private CommandSpec spec;

  /** Where the nodes run. */
  static final class Where {
    @Option(
        names = "--processes",
        description = "Every edge in a process of its own, on loopback (default).")
    private boolean processes;

    @Option(names = "--in-process", description = "All nodes in this process, for tests.")
    private boolean inProcess;

    boolean isOneProcess() {
      return inProcess && !processes;
    }

    Place place(String engine, Pinning pinning) {
      return isOneProcess()
          ? new Place.ThisProcess(engine)
          : new Place.Processes(Bench.class, engine, pinning);
    }
  }

  @Override
  public Integer call() {
    Strategies known = plugins.strategies();
    if (list != null) {
      new StrategyList(known).print(list, spec.commandLine().getOut());
      return CommandLines.DONE;
    }
    Wanted wanted = scenario.wanted(run.view);
    if (pin && where.isOneProcess()) {
      throw new UsageError(
          "--pin gives every node's process its cores, and with --in-process there is one for all: leave one of them out");
    }
    ComparisonRun comparison = new ComparisonRun(spec, wanted, model, run, simulate);
    // Before anybody asks how many cores the cloud has.
    try (Pinning pinning = pin ? Pinning.pin(wanted.draft().edgeCount()) : Pinning.none()) {
      List<Entry> entries = strategies.entries(known, wanted, run.options, spec);
      run.excused = strategies.excused(known);
      comparison.run(known, entries, where.place(engine.name(), pinning));
    }
    return CommandLines.DONE;
  }
}
