package io.offloadlab.bench;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code bin/bench}: compare strategies on identical task streams. */
@Command(
    name = "bench",
    description = "Compares strategies for distributed DNN inference on identical task streams.",
    mixinStandardHelpOptions = true,
    version = "OffloadLab " + Bench.VERSION,
    subcommands = {
      CompareCommand.class,
      SimulateCommand.class,
      SweepCommand.class,
      TableCommand.class,
      ReportCommand.class,
      ReplayCommand.class,
      DiffCommand.class,
      EdgeCommand.class
    })
public final class Bench implements Runnable {
  static final String VERSION = "0.1.0";

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
