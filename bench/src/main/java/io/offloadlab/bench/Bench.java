package io.offloadlab.bench;

import picocli.AutoComplete.GenerateCompletion;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code bin/bench}: compare strategies on identical task streams. */
@Command(
    name = "bench",
    description = "Compares strategies for distributed DNN inference on identical task streams.",
    mixinStandardHelpOptions = true,
    versionProvider = Release.class,
    subcommands = {
      CompareCommand.class,
      SimulateCommand.class,
      SweepCommand.class,
      TableCommand.class,
      ReportCommand.class,
      ReplayCommand.class,
      DiffCommand.class,
      EdgeCommand.class,
      HelpCommand.class,
      GenerateCompletion.class
    })
public final class Bench implements Runnable {
  @Spec private CommandSpec spec;

  /** Runs a command and ends the process with its exit code. */
  public static void main(String[] args) {
    CommandLines.main(new Bench(), args);
  }

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "a command is missing: try bench compare --batch 1 --acc 0.77");
  }
}
