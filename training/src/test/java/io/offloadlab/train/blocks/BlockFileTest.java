package io.offloadlab.train.blocks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.entry;

import io.offloadlab.failure.RunFailure;
import io.offloadlab.graph.ResNets;
import io.offloadlab.graph.Shape;
import io.offloadlab.legodnn.blocks.BlockDetection;
import io.offloadlab.legodnn.blocks.LegoChain.Piece;
import io.offloadlab.legodnn.blocks.PruningRule;
import io.offloadlab.weights.SafeTensorsWriter;
import io.offloadlab.weights.StoredTensor;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BlockFileTest {
  @TempDir Path folder;

  private Path file(String... names) {
    Path file = folder.resolve("blocks.safetensors");
    List<StoredTensor> tensors =
        List.of(names).stream().map(n -> StoredTensor.of(n, List.of(1), new float[] {1})).toList();
    SafeTensorsWriter.write(file, Map.of(), tensors);
    return file;
  }

  @Test
  void of_twoBlocks_theirNamesAndSparsities() {
    BlockFile held =
        BlockFile.of(
            file(
                "block-3/sparsity-0.4/conv1.weight",
                "block-3/sparsity-0.25/conv1.weight",
                "block-10/sparsity-0.4/bn1.bias"));

    assertThat(held.blocks()).containsExactly("block-3", "block-10");
    assertThat(held.sparsities())
        .containsExactly(entry("block-3", List.of(.25, .4)), entry("block-10", List.of(.4)));
    assertThat(held.rule()).isEqualTo(PruningRule.PUBLISHED);
  }

  @Test
  void of_noFile_nothing() {
    assertThat(BlockFile.of(folder.resolve("none")))
        .isEqualTo(new BlockFile(Map.of(), PruningRule.PUBLISHED));
  }

  @Test
  void of_otherTensors_runFailureNamingOne() {
    Path backbone = file("layer1.0.conv1.weight");

    assertThatExceptionOfType(RunFailure.class)
        .isThrownBy(() -> BlockFile.of(backbone))
        .withMessageContaining("'layer1.0.conv1.weight' is no tensor of a pruned block");
  }

  @Test
  void tensors_blocksOfAnotherWidth_runFailureNamingTheShapes() {
    Path file = file("block-1/sparsity-0.2/conv1.weight");
    List<Piece> blocks =
        BlockDetection.detect(ResNets.resnet18(10, 8, Shape.of(1, 32, 32)), .2).blocks();

    assertThat(BlockFile.tensors(file, blocks.subList(2, 4))).isEmpty();
    assertThatExceptionOfType(RunFailure.class)
        .isThrownBy(() -> BlockFile.tensors(file, blocks))
        .withMessageContaining("conv1.weight' has shape [1], but the network needs [7, 8, 3, 3]");
  }

  @Test
  void requireRule_anotherMultiple_runFailureNamingBothAndTheOption() {
    Path file = folder.resolve("blocks.safetensors");
    String name = "block-1/sparsity-0.2/conv1.weight";
    SafeTensorsWriter.write(
        file,
        Map.of("channels_multiple", "16"),
        List.of(StoredTensor.of(name, List.of(1), new float[1])));

    BlockFile.requireRule(file, new PruningRule(16));
    assertThatExceptionOfType(RunFailure.class)
        .isThrownBy(() -> BlockFile.requireRule(file, PruningRule.PUBLISHED))
        .withMessageContaining("filters in multiples of 16, not of 1: give --channels-multiple 16");
  }

  @Test
  void of_multipleThatIsNone_runFailureNamingFileAndValue() {
    Path file = folder.resolve("blocks.safetensors");
    SafeTensorsWriter.write(file, Map.of("channels_multiple", "many"), List.of());

    assertThatExceptionOfType(RunFailure.class)
        .isThrownBy(() -> BlockFile.of(file))
        .withMessageContaining("blocks.safetensors: its channels_multiple is 'many'");
  }
}
