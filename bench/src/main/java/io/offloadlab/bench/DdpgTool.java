package io.offloadlab.bench;

import io.offloadlab.ddpg.TrainCommand;
import picocli.AutoComplete.GenerateCompletion;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code bin/ddpg-dec-dnn-io}: runs the strategy on nodes that may be real machines, or trains. */
@Command(
    name = "ddpg-dec-dnn-io",
    description = "DDPG-based DEC-DNN-IO: early exits, split points and cloud cores, learned.",
    mixinStandardHelpOptions = true,
    versionProvider = Release.class,
    subcommands = {
      CloudCommand.class,
      EdgeCommand.class,
      TrainCommand.class,
      HelpCommand.class,
      GenerateCompletion.class
    })
public final class DdpgTool implements Runnable {
  @Spec private CommandSpec spec;

  /** Runs a command and ends the process with its exit code. */
  public static void main(String[] args) {
    CommandLines.main(new DdpgTool(), args);
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "a command is missing: cloud, edge or train");
  }
}
