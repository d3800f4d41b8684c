package io.offloadlab.train.cli;

import picocli.CommandLine;

/** {@code branchynet train} as a process of its own. */
final class TrainingProcess {
  private TrainingProcess() {}

  public static void main(String[] args) {
    System.exit(new CommandLine(new TrainExits()).execute(args));
  }
}
