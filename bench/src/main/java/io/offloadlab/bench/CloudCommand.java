package io.offloadlab.bench;

import io.offloadlab.bench.EdgeCommand.NodeOptions;
import io.offloadlab.bench.run.Nodes.Place;
import io.offloadlab.bench.run.Strategies;
import io.offloadlab.failure.UsageError;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * {@code bin/legodnn cloud} and its like: waits for the edges, runs the stream and prints the
 * table. The launcher gives the tool's name, which says the strategy, as the system property
 * {@value CommandLines#TOOL}.
 */
@Command(
    name = "cloud",
    description = "Runs the cloud node: waits for the edges, then runs the task stream.",
    sortOptions = false,
    mixinStandardHelpOptions = true)
final class CloudCommand implements Callable<Integer> {
  /** The strategy of each tool: tools keep the names of the published programs. */
  private static final Map<String, String> STRATEGIES =
      Map.of("legodnn", "legodnn", "ddpg-dec-dnn-io", "ddpg", "dt-assisted", "dt");

  @Mixin private NodeOptions node;
  @Mixin private ScenarioOptions scenario;
  @Mixin private ModelOptions model;
  @Mixin private RunOptions run;

  @Option(
      names = {"--compress-layer-max-ratio", "--compress_layer_max_ratio"},
      paramLabel = "R",
      description = "LegoDNN: most of the convolutions that one block may hold. Default: 0.2.")
  private Double ratio;

  @Option(
      names = "--wait",
      paramLabel = "SECONDS",
      defaultValue = "300",
      description = "How long to wait for the edges. Default: ${DEFAULT-VALUE}.")
  private int wait;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    String strategy = STRATEGIES.get(System.getProperty(CommandLines.TOOL, "legodnn"));
    Strategies known = Strategies.onClassPath();
    known.check(List.of(strategy));
    if (ratio != null) {
      if (!strategy.equals("legodnn")) {
        throw new UsageError("--compress-layer-max-ratio belongs to legodnn, not " + strategy);
      }
      run.options.put("legodnn.ratio", ratio.toString());
    }
    Place place =
        new Place.Elsewhere(
            node.ip, node.port, node.device, node.threads(), Duration.ofSeconds(wait));
    new ComparisonRun(spec, scenario.draft(), model, run, false)
        .run(known, List.of(strategy), place);
    return CommandLines.DONE;
  }
}
