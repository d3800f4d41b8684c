package io.offloadlab.bench;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine.Option;

/** Options of one run that do not change the problem. */
final class RunOptions {
  @Option(
      names = "--tasks",
      paramLabel = "N",
      description = "Number of tasks. Default: enough for 1,000 images, at least 20.")
  Integer tasks;

  @Option(
      names = "--repeat",
      paramLabel = "N",
      defaultValue = "1",
      description =
          "Runs everything N times, with seeds one after the other, in one run folder. Default: ${DEFAULT-VALUE}.")
  int repeat;

  @Option(
      names = "--view",
      paramLabel = "FILE",
      description =
          "System view to decide from, instead of measuring one: the view.json of an earlier run.")
  Path view;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description =
          "Folder for summary.csv, .md and .tex, tasks.csv, run.json and report.html. Default: a new one in runs/.")
  Path out;

  @Option(
      names = "--overwrite",
      description = "Removes the files of an earlier run from --out, which is refused otherwise.")
  boolean overwrite;

  @Option(
      names = "--strict",
      description =
          "Fail (exit code 1) when the referee has something against a strategy: accuracy, memory, saturation, a plan that changed. Reference strategies count where they are named.")
  boolean strict;

  /** Strategies that a strict run does not fail for. */
  Set<String> excused = Set.of();

  @Option(
      names = {"-O", "--option"},
      paramLabel = "STRATEGY.NAME=VALUE",
      description = "Setting of a strategy, such as legodnn.objective=size.")
  Map<String, String> options = new LinkedHashMap<>();
}
