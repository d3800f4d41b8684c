package io.offloadlab.train.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.offloadlab.files.Sha256;
import io.offloadlab.models.ModelDirectory;
import io.offloadlab.train.blocks.BlockFile;
import io.offloadlab.weights.SafeTensors;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class JointCommandTest {
  private static final String COMMON = "--dataset fashion-mnist-sample --threads 1 --batch 16 ";

  @TempDir Path folder;
  private final List<String> told = new ArrayList<>();

  private int run(Object command, String line) {
    CommandLine tool = new CommandLine(command);
    tool.setExecutionExceptionHandler(
        (e, failed, parsed) -> {
          told.add(e.getMessage());
          return 1;
        });
    tool.setParameterExceptionHandler(
        (e, arguments) -> {
          told.add(e.getMessage());
          return 2;
        });
    return tool.execute((COMMON + line).split(" "));
  }

  private void network(Path out, int seed) {
    assertThat(
            run(
                new TrainExits(),
                "--width 4 --preset quick --epochs 1 --limit 32 --exits none --seed %s --out %s"
                    .formatted(seed, out)))
        .isZero();
  }

  private int blocks(String more) {
    return run(
        new TrainBlocks(),
        "--limit 16 --calibration 16 --backbone " + folder.resolve("net") + " " + more);
  }

  @Test
  @DisplayName("block-wise blocks, then wider ones jointly from them; the file says both")
  void train_jointFromBlockwise_metadataOfBoth() {
    Path first = folder.resolve("blockwise");
    Path second = folder.resolve("joint");
    network(folder.resolve("net"), 1);

    assertThat(blocks("--epochs 1 --out " + first)).as("%s", told).isZero();
    assertThat(
            blocks(
                "--epochs 1 --retraining joint --channels-multiple 4 --from %s --out %s"
                    .formatted(first, second)))
        .as("%s", told)
        .isZero();

    Path begun = first.resolve(ModelDirectory.BLOCKS);
    assertThat(SafeTensors.open(begun).metadata()).doesNotContainKeys("retraining", "began_from");
    Map<String, String> metadata =
        SafeTensors.open(second.resolve(ModelDirectory.BLOCKS)).metadata();
    assertThat(metadata)
        .containsEntry("retraining", "joint")
        .containsEntry("began_from", "blocks.safetensors with SHA-256 " + Sha256.required(begun))
        .containsEntry("channels_multiple", "4");
    assertThat(metadata.get("trained")).contains(", retrained jointly, from blocks.safetensors");
    assertThat(BlockFile.of(second.resolve(ModelDirectory.BLOCKS)).blocks()).contains("block-7");
  }

  @Test
  @DisplayName("blocks of another network, none, or a retraining that is none: one line, no blocks")
  void train_fromNothingOfUse_refused() {
    network(folder.resolve("net"), 1);
    network(folder.resolve("other"), 2);
    assertThat(
            run(
                new TrainBlocks(),
                "--limit 16 --calibration 16 --epochs 0 --blocks 3 --backbone "
                    + folder.resolve("other")))
        .isZero();

    assertThat(blocks("--retraining jointly")).isEqualTo(2);
    assertThat(blocks("--from " + folder.resolve("nowhere"))).isOne();
    assertThat(blocks("--retraining joint --from " + folder.resolve("other"))).isOne();

    assertThat(told).hasSize(3).allSatisfy(line -> assertThat(line).doesNotContain("\n"));
    assertThat(told.get(0)).isEqualTo("--retraining is one of [blockwise, joint], not 'jointly'");
    assertThat(told.get(1)).contains("nothing to begin from: there is no");
    assertThat(told.get(2)).contains("made for another backbone");
    assertThat(folder.resolve("net").resolve(ModelDirectory.BLOCKS)).doesNotExist();
  }
}
