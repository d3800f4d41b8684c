package io.offloadlab.bench;

import io.offloadlab.bench.report.RunDifference;
import io.offloadlab.bench.report.RunFiles;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code bench diff}: two runs side by side. */
@Command(
    name = "diff",
    description = "Two runs side by side: what they were given, decided and took.",
    mixinStandardHelpOptions = true)
final class DiffCommand implements Callable<Integer> {
  @Parameters(index = "0", paramLabel = "RUN", description = "Folder of a run.")
  private Path first;

  @Parameters(index = "1", paramLabel = "RUN", description = "Folder of another.")
  private Path second;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    DifferenceTable.print(
        RunDifference.between(RunFiles.read(first), RunFiles.read(second)),
        spec.commandLine().getOut());
    return CommandLines.DONE;
  }
}
