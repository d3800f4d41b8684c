package io.offloadlab.bench;

import io.offloadlab.bench.metric.Entry;
import io.offloadlab.bench.run.Strategies;
import io.offloadlab.failure.UsageError;
import io.offloadlab.sim.SimulationOptions;
import io.offloadlab.sim.SimulationOptions.ServiceTimes;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code bench simulate}: fleets and long streams in virtual time. */
@Command(
    name = "simulate",
    description = "Runs strategies over one task stream in virtual time and compares them.",
    sortOptions = false,
    mixinStandardHelpOptions = true)
final class SimulateCommand implements Callable<Integer> {
  @Mixin private ScenarioOptions scenario;
  @Mixin private ModelOptions model;
  @Mixin private PluginOption plugins;
  @Mixin private LoadOption cloudLoad;
  @Mixin private RunOptions run;

  @Mixin private StrategyOptions strategies;

  @Option(
      names = "--trace",
      paramLabel = "FILE",
      description = "Arrivals as recorded: a line 'SECONDS' or 'SECONDS,EDGE' per task.")
  private Path trace;

  @Option(
      names = "--queue",
      paramLabel = "N",
      description = "Most tasks that wait for one processor; more are dropped. Default: no limit.")
  private Integer queue;

  @Option(
      names = "--service",
      paramLabel = "KIND",
      defaultValue = "constant",
      description =
          "Compute times: constant, or exponential around the measured ones. Default: constant.")
  private ServiceTimes service;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    Strategies known = plugins.strategies();
    Wanted wanted = scenario.wanted(run.view);
    List<Entry> entries = strategies.entries(known, wanted, run.options, spec);
    run.excused = strategies.excused(known);
    if (trace != null && spec.commandLine().getParseResult().hasMatchedOption("--arrivals")) {
      throw new UsageError(
          "--trace and --arrivals both say when tasks arrive: leave one of them out");
    }
    if (queue != null && queue < 0) {
      throw new UsageError("--queue is 0 or more, not " + queue);
    }
    SimulationOptions options =
        new SimulationOptions(
            queue == null ? Integer.MAX_VALUE : queue, service, cloudLoad.load(queue != null));
    new SimulationRun(spec, wanted, model, run, options, trace).run(known, entries);
    return CommandLines.DONE;
  }
}
