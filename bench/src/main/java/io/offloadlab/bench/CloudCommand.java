package io.offloadlab.bench;

import io.offloadlab.bench.EdgeCommand.NodeOptions;
import io.offloadlab.bench.run.Nodes.Place;
import io.offloadlab.bench.run.Strategies;
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
    String strategy = known.ofTool(spec.root().name()).name();
    Place place =
        new Place.Elsewhere(
            node.ip, node.port, node.device, node.threads(), Duration.ofSeconds(wait));
    new ComparisonRun(spec, scenario.wanted(run.view), model, run, false)
        .run(known, List.of(strategy), place);
    return CommandLines.DONE;
  }
}
