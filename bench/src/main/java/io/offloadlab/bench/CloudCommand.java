package io.offloadlab.bench;

import io.offloadlab.bench.EdgeCommand.NodeOptions;
import io.offloadlab.bench.metric.Entry;
import io.offloadlab.bench.run.Nodes.Place;
import io.offloadlab.bench.run.Strategies;
import io.offloadlab.failure.UsageError;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * {@code bin/legodnn cloud} and its like: waits for the edges, runs the stream and prints the
 * table. The tool's name says which strategy.
 */
@Command(
    name = "cloud",
    description = "Runs the cloud node: waits for the edges, then runs the task stream.",
    sortOptions = false,
    mixinStandardHelpOptions = true)
class CloudCommand implements Callable<Integer> {
  @Mixin private NodeOptions node;
  @Mixin private ScenarioOptions scenario;
  @Mixin private ModelOptions model;
  @Mixin RunOptions run;

  @Option(
      names = "--wait",
      paramLabel = "SECONDS",
      defaultValue = "300",
      description = "How long to wait for the edges. Default: ${DEFAULT-VALUE}.")
  private int wait;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    Strategies known = Strategies.onClassPath();
    Entry entry = known.entry(known.ofTool(spec.root().name()).name());
    if (wait < 0) {
      throw new UsageError("--wait is 0 seconds or more, not " + wait);
    }
    known.checkOptions(run.options);
    for (String key : known.idle(run.options, List.of(entry))) {
      say("-O %s has no effect: only %s runs here".formatted(key, entry.name()));
    }
    Place place =
        new Place.Elsewhere(
            node.ip,
            node.port(),
            node.device,
            node.engine(),
            node.threads(),
            Duration.ofSeconds(wait),
            this::say);
    new ComparisonRun(spec, scenario.wanted(run.view), model, run, false)
        .run(known, List.of(entry), place);
    return CommandLines.DONE;
  }

  private void say(String line) {
    PrintWriter err = spec.commandLine().getErr();
    err.println(spec.root().name() + ": " + line);
    err.flush();
  }
}
