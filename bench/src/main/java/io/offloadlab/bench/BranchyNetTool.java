package io.offloadlab.bench;

import io.offloadlab.train.cli.EvaluateExits;
import io.offloadlab.train.cli.TrainExits;
import picocli.AutoComplete.GenerateCompletion;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code bin/branchynet}: the early-exit network. */
@Command(
    name = "branchynet",
    description = "BranchyNet: a network with early exits.",
    mixinStandardHelpOptions = true,
    versionProvider = Release.class,
    subcommands = {
      TrainExits.class,
      EvaluateExits.class,
      HelpCommand.class,
      GenerateCompletion.class
    })
public final class BranchyNetTool implements Runnable {
  @Spec private CommandSpec spec;

  /** Runs a command and ends the process with its exit code. */
  public static void main(String[] args) {
    CommandLines.main(new BranchyNetTool(), args);
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "a command is missing: train or evaluate");
  }
}
