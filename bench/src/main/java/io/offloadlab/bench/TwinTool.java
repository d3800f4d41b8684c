package io.offloadlab.bench;

import picocli.AutoComplete.GenerateCompletion;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code bin/dt-assisted}: runs the strategy on nodes that may be real machines, or trains. */
@Command(
    name = "dt-assisted",
    description = "DT-assisted: decisions at every boundary, learned with the help of twins.",
    mixinStandardHelpOptions = true,
    versionProvider = Release.class,
    subcommands = {
      CloudCommand.class,
      EdgeCommand.class,
      TwinTrainCommand.class,
      HelpCommand.class,
      GenerateCompletion.class
    })
public final class TwinTool implements Runnable {
  @Spec private CommandSpec spec;

  /** Runs a command and ends the process with its exit code. */
  public static void main(String[] args) {
    CommandLines.main(new TwinTool(), args);
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "a command is missing: cloud, edge or train");
  }
}
