package io.offloadlab.train.blocks;

import io.offloadlab.failure.RunFailure;
import io.offloadlab.files.Sha256;
import io.offloadlab.graph.Component;
import io.offloadlab.legodnn.blocks.LegoChain.Piece;
import io.offloadlab.legodnn.blocks.PruningRule;
import io.offloadlab.train.exits.WeightFiles;
import io.offloadlab.weights.SafeTensors;
import io.offloadlab.weights.StoredTensor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which pruned variants a {@code blocks.safetensors} holds.
 *
 * @param sparsities by name of the block, in the order of the file; of each ascending
 * @param rule by which the filters were kept
 */
public record BlockFile(Map<String, List<Double>> sparsities, PruningRule rule) {
  private static final Pattern NAME = Pattern.compile("([^/]+)/sparsity-(0\\.\\d+)/.+");

  /** Copies the map, with its order. */
  public BlockFile {
    sparsities = Collections.unmodifiableMap(new LinkedHashMap<>(sparsities));
  }

  /** Names of the blocks. */
  public Set<String> blocks() {
    return sparsities.keySet();
  }

  /** Those of a block's variants, ascending; none of a block that is not there. */
  public List<Double> sparsities(Piece piece) {
    return sparsities.getOrDefault(piece.name(), List.of());
  }

  /**
   * Reads the names of a file's tensors; those of nothing that is known here are passed over.
   *
   * @return nothing held if there is no such file
   * @throws RunFailure if it is corrupt or holds something else alone
   */
  public static BlockFile of(Path file) {
    Map<String, Set<Double>> blocks = new LinkedHashMap<>();
    PruningRule rule = PruningRule.PUBLISHED;
    if (Files.exists(file)) {
      SafeTensors tensors = SafeTensors.open(file);
      rule = rule(file, tensors.metadata());
      Set<String> names = tensors.names();
      for (String name : names) {
        Matcher parts = NAME.matcher(name);
        if (parts.matches()) {
          blocks
              .computeIfAbsent(parts.group(1), b -> new TreeSet<>())
              .add(Double.valueOf(parts.group(2)));
        }
      }
      if (blocks.isEmpty() && !names.isEmpty()) {
        throw new RunFailure(
            "%s: '%s' is no tensor of a pruned block".formatted(file, names.iterator().next()));
      }
    }
    Map<String, List<Double>> sparsities = new LinkedHashMap<>();
    blocks.forEach((block, all) -> sparsities.put(block, List.copyOf(all)));
    return new BlockFile(sparsities, rule);
  }

  private static PruningRule rule(Path file, Map<String, String> metadata) {
    String multiple = metadata.getOrDefault(WeightFiles.CHANNELS_MULTIPLE, "1");
    try {
      return new PruningRule(Integer.parseInt(multiple));
    } catch (IllegalArgumentException e) {
      throw new RunFailure(
          "%s: its %s is '%s', not a number from 1"
              .formatted(file, WeightFiles.CHANNELS_MULTIPLE, multiple),
          e);
    }
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
   * Checks that the blocks of a file keep their filters by a rule, so that others can join them.
   *
   * @param blocks need not exist
   * @throws RunFailure if they keep them by another one
   */
  public static void requireRule(Path blocks, PruningRule rule) {
    BlockFile there = of(blocks);
    if (!there.sparsities.isEmpty() && !there.rule.equals(rule)) {
      throw new RunFailure(
          String.format(
              Locale.ROOT,
              "%s has filters in multiples of %d, not of %d: give --channels-multiple %d, or make all blocks again",
              blocks,
              there.rule.multiple(),
              rule.multiple(),
              there.rule.multiple()));
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
      if (held.blocks().contains(piece.name())) {
        SafeTensors all = SafeTensors.open(file);
        for (double sparsity : held.sparsities(piece)) {
          Component variant = Variant.component(piece, sparsity, held.rule);
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
