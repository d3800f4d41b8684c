package io.offloadlab.train.blocks;

import io.offloadlab.failure.RunFailure;
import io.offloadlab.weights.SafeTensors;
import io.offloadlab.weights.Tensor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which pruned variants a {@code blocks.safetensors} holds.
 *
 * @param blocks names, in the order of the file
 * @param sparsities of any block, ascending
 */
public record BlockFile(Set<String> blocks, List<Double> sparsities) {
  private static final Pattern NAME = Pattern.compile("([^/]+)/sparsity-(0\\.\\d+)/.+");

  /** Keeps what it is given. */
  public BlockFile {
    sparsities = List.copyOf(sparsities);
  }

  /**
   * Reads the names of a file's tensors.
   *
   * @return nothing held if there is no such file
   * @throws RunFailure if it is corrupt or holds something else
   */
  public static BlockFile of(Path file) {
    Set<String> blocks = new LinkedHashSet<>();
    Set<Double> sparsities = new TreeSet<>();
    if (Files.exists(file)) {
      for (String name : SafeTensors.open(file).names()) {
        Matcher parts = NAME.matcher(name);
        if (!parts.matches()) {
          throw new RunFailure("%s: '%s' is no tensor of a pruned block".formatted(file, name));
        }
        blocks.add(parts.group(1));
        sparsities.add(Double.valueOf(parts.group(2)));
      }
    }
    return new BlockFile(blocks, List.copyOf(sparsities));
  }

  /**
   * The tensors of a file that are of other blocks than these; none if there is no such file.
   *
   * @param made names of the blocks that are replaced
   * @throws RunFailure if it is corrupt or holds something else
   */
  public static List<Tensor> others(Path file, Set<String> made) {
    List<Tensor> others = new ArrayList<>();
    Set<String> kept = new TreeSet<>(of(file).blocks);
    kept.removeAll(made);
    if (!kept.isEmpty()) {
      SafeTensors all = SafeTensors.open(file);
      all.names().stream()
          .filter(n -> kept.contains(n.substring(0, n.indexOf('/'))))
          .forEach(n -> others.add(all.tensor(n)));
    }
    return others;
  }
}
