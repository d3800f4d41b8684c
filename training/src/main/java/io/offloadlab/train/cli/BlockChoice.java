package io.offloadlab.train.cli;

import io.offloadlab.legodnn.blocks.LegoChain.Piece;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** Which of a network's blocks a command is about. */
final class BlockChoice {
  @Option(
      names = "--blocks",
      split = ",",
      paramLabel = "N",
      description =
          "Numbers of the blocks to take, from 0; the others stay as they are. Default: all.")
  private List<Integer> numbers;

  /** Finds what is wrong with the numbers, whatever blocks there are. */
  void check(CommandSpec spec) {
    if (numbers != null && numbers.stream().anyMatch(n -> n < 0)) {
      throw new ParameterException(
          spec.commandLine(), "--blocks are 0 or more, not " + Collections.min(numbers));
    }
  }

  /** The blocks that are chosen, of all that there are. */
  List<Piece> of(List<Piece> all, CommandSpec spec) {
    if (numbers == null) {
      return all;
    }
    List<Piece> chosen = new ArrayList<>();
    for (int i : numbers) {
      if (i < 0 || i >= all.size()) {
        throw new ParameterException(
            spec.commandLine(),
            String.format(Locale.ROOT, "--blocks are 0 to %d, not %d", all.size() - 1, i));
      }
      chosen.add(all.get(i));
    }
    return chosen;
  }

  /** Whether some are left out. */
  boolean isGiven() {
    return numbers != null;
  }
}
