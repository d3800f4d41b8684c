package io.offloadlab.bench;

import io.offloadlab.bench.EdgeCommand.NodeOptions;
import io.offloadlab.bench.run.Nodes.Place;
import io.offloadlab.bench.run.Strategies;
import io.offloadlab.bench.scenario.UsageError;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * {@code bin/legodnn cloud|edge} and its like: one strategy on nodes that may be real machines. The
 * launcher gives the tool's name as the system property {@value CommandLines#TOOL}.
 */
@Command(
    description = "Runs one strategy on a cloud and its edges.",
    mixinStandardHelpOptions = true,
    version = "OffloadLab " + Bench.VERSION,
    subcommands = {StrategyTool.CloudCommand.class, EdgeCommand.class})
public final class StrategyTool implements Runnable {
  /** The strategy of each tool: tools keep the names of the published programs. */
  private static final Map<String, String> STRATEGIES =
      Map.of("legodnn", "legodnn", "ddpg-dec-dnn-io", "ddpg", "dt-assisted", "dt");

  @Spec private CommandSpec spec;

  /** Runs a command and ends the process with its exit code. */
  public static void main(String[] args) {
    System.exit(CommandLines.run(new StrategyTool(), args));
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "a command is missing: cloud or edge");
  }

  /** {@code cloud}: waits for the edges, runs the stream and prints the table. */
  @Command(
      name = "cloud",
      description = "Runs the cloud node: waits for the edges, then runs the task stream.",
      sortOptions = false,
      mixinStandardHelpOptions = true)
  static final class CloudCommand implements Callable<Integer> {
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
}
