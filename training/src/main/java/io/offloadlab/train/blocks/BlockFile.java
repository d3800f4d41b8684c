package io.offloadlab.train.blocks;

import io.offloadlab.failure.RunFailure;
import io.offloadlab.files.Sha256;
import io.offloadlab.graph.Component;
import io.offloadlab.legodnn.blocks.LegoChain.Piece;
import io.offloadlab.train.exits.WeightFiles;
import io.offloadlab.weights.SafeTensors;
import io.offloadlab.weights.StoredTensor;
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
   * Reads the names of a file's tensors; those of nothing that is known here are passed over.
   *
   * @return nothing held if there is no such file
   * @throws RunFailure if it is corrupt or holds something else alone
   */
  public static BlockFile of(Path file) {
    Set<String> blocks = new LinkedHashSet<>();
    Set<Double> sparsities = new TreeSet<>();
    if (Files.exists(file)) {
      Set<String> names = SafeTensors.open(file).names();
      for (String name : names) {
        Matcher parts = NAME.matcher(name);
        if (parts.matches()) {
          blocks.add(parts.group(1));
          sparsities.add(Double.valueOf(parts.group(2)));
        }
      }
      if (blocks.isEmpty() && !names.isEmpty()) {
        throw new RunFailure(
            "%s: '%s' is no tensor of a pruned block".formatted(file, names.iterator().next()));
      }
    }
    return new BlockFile(blocks, List.copyOf(sparsities));
  }

  /**
   * Checks that blocks were made for a backbone. Those that do not say whose they are, as the
   * shipped ones, are believed.
   *
   * @param blocks need not exist
   * @throws RunFailure if they are another backbone's, with both checksums
   */
  public static void requireBackbone(Path blocks, Path backbone) {
    if (!Files.exists(blocks)) {
      return;
    }
    String there = Sha256.required(backbone);
    String wanted = SafeTensors.open(blocks).metadata().getOrDefault(WeightFiles.BACKBONE, there);
    if (!wanted.equals(there)) {
      throw new RunFailure(
          "%s was made for another backbone than %s (SHA-256 %s, not %s): make the blocks again, or move them away"
              .formatted(blocks, backbone, wanted, there));
    }
  }

  /**
   * The tensors of some blocks' variants; none if there is no such file.
   *
   * @param pieces blocks of a network; those that the file does not hold are passed over
   * @throws RunFailure if the file is corrupt, holds something else, or blocks of another network
   */
  public static List<StoredTensor> tensors(Path file, List<Piece> pieces) {
    BlockFile held = of(file);
    List<StoredTensor> tensors = new ArrayList<>();
    for (Piece piece : pieces) {
      if (held.blocks.contains(piece.name())) {
        SafeTensors all = SafeTensors.open(file);
        for (double sparsity : held.sparsities) {
          Component variant = Variant.component(piece, sparsity);
          variant
              .graph()
              .tensors()
              .forEach(
                  (name, shape) ->
                      tensors.add(all.weights(variant.weights().nameInFile(name), shape)));
        }
      }
    }
    return tensors;
  }
}
