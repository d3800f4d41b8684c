package io.offloadlab.bench;

import io.offloadlab.train.cli.ProfileModel;
import io.offloadlab.train.cli.TrainBlocks;
import picocli.AutoComplete.GenerateCompletion;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code bin/legodnn}: LegoDNN on its nodes, and what makes its blocks and their profile. */
@Command(
    name = "legodnn",
    description =
        "LegoDNN: compressed blocks, made, measured, chosen and run on a cloud and its edges.",
    mixinStandardHelpOptions = true,
    versionProvider = Release.class,
    subcommands = {
      LegoDnnCloudCommand.class,
      EdgeCommand.class,
      TrainBlocks.class,
      ProfileModel.class,
      SelectCommand.class,
      HelpCommand.class,
      GenerateCompletion.class
    })
public final class LegoDnnTool implements Runnable {
  @Spec private CommandSpec spec;

  /** Runs a command and ends the process with its exit code. */
  public static void main(String[] args) {
    CommandLines.main(new LegoDnnTool(), args);
  }

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "a command is missing: cloud, edge, train, profile or select");
  }
}
