package io.offloadlab.train.blocks;

import io.offloadlab.failure.RunFailure;
import io.offloadlab.files.Sha256;
import io.offloadlab.graph.Component;
import io.offloadlab.legodnn.blocks.LegoChain.Piece;
import io.offloadlab.legodnn.blocks.PruningRule;
import io.offloadlab.legodnn.blocks.Variants;
import io.offloadlab.models.ModelDirectory;
import io.offloadlab.weights.SafeTensors;
import io.offloadlab.weights.StoredTensor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Blocks of an earlier training, which another one can begin from. */
public final class EarlierBlocks {
  private final Path file;
  private final SafeTensors tensors;
  private final BlockFile held;
  private final String checksum;

  private EarlierBlocks(Path file) {
    this.file = file;
    this.tensors = SafeTensors.open(file);
    this.held = BlockFile.of(file);
    this.checksum = Sha256.required(file);
  }

  /**
   * The blocks of a folder.
   *
   * @param backbone file of the weights that they must be for
   * @param wanted blocks that the folder must have at every sparsity that the rule tells apart
   * @throws RunFailure if there are none, they are another backbone's, or one is missing
   */
  public static EarlierBlocks in(
      Path folder, Path backbone, List<Piece> wanted, List<Double> sparsities, PruningRule rule) {
    Path file = folder.resolve(ModelDirectory.BLOCKS);
    if (!Files.exists(file)) {
      throw new RunFailure(
          "nothing to begin from: there is no %s; make it with legodnn train, or leave out --from"
              .formatted(file));
    }
    BlockFile.requireBackbone(file, backbone);
    EarlierBlocks blocks = new EarlierBlocks(file);
    for (Piece piece : wanted) {
      for (double sparsity : Variants.distinct(piece, sparsities, rule)) {
        blocks.require(piece, sparsity, rule);
      }
    }
    return blocks;
  }

  private void require(Piece piece, double sparsity, PruningRule rule) {
    Component wanted = Variant.component(piece, sparsity, rule);
    if (!held.sparsities(piece).contains(sparsity)) {
      throw new RunFailure(
          "%s has no %s to begin from: it has %s"
              .formatted(file, wanted.name(), held.sparsities()));
    }
    if (!Extraction.holds(piece.graph(), sparsity, rule, held.rule())) {
      throw new RunFailure(
          String.format(
              Locale.ROOT,
              "%s keeps more filters of %s than multiples of %d ask for: give --channels-multiple %d",
              file,
              wanted.name(),
              rule.multiple(),
              held.rule().multiple()));
    }
  }

  /**
   * A variant's weights, widened by the original's next filters in L1 order where the rule keeps
   * more of them.
   *
   * @param original weights of the backbone, by name
   */
  Map<String, StoredTensor> weights(
      Piece piece, double sparsity, PruningRule rule, Map<String, StoredTensor> original) {
    Component there = Variant.component(piece, sparsity, held.rule());
    Map<String, StoredTensor> narrow = new LinkedHashMap<>();
    there
        .graph()
        .tensors()
        .forEach((n, s) -> narrow.put(n, tensors.weights(there.weights().nameInFile(n), s)));
    return Extraction.widen(piece.graph(), original, sparsity, rule, narrow, held.rule());
  }

  /** As {@code blocks.safetensors with SHA-256 …}: equal blocks say the same. */
  @Override
  public String toString() {
    return "%s with SHA-256 %s".formatted(ModelDirectory.BLOCKS, checksum);
  }
}
