package io.offloadlab.train.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.offloadlab.models.ModelDirectory;
import io.offloadlab.models.ModelProfile;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** The tutorial, shortened: from embedded images to a profile that strategies can plan with. */
class PipelineTest {
  @TempDir Path folder;

  private static int run(Object command, String... args) {
    return new CommandLine(command).execute(args);
  }

  @ParameterizedTest
  @Tag("slow")
  @CsvSource({"resnet18,8", "mobilenetv2,8"})
  @DisplayName("train exits, make and retrain blocks, profile: whatever the family of networks")
  void trainTrainProfile_embeddedImages_profileWithVariants(String network, String width) {
    String dataset = "fashion-mnist-sample";
    String out = folder.toString();

    assertThat(
            run(
                new TrainExits(),
                ("--dataset %s --model %s --width %s --preset quick --epochs 1 --limit 96"
                        + " --batch 16 --threads 1 --out %s")
                    .formatted(dataset, network, width, out)
                    .split(" ")))
        .isZero();
    assertThat(
            run(
                new TrainBlocks(),
                ("--dataset %s --backbone %s --epochs 1 --limit 16 --batch 16 --calibration 16"
                        + " --threads 1")
                    .formatted(dataset, out)
                    .split(" ")))
        .isZero();
    assertThat(
            run(
                new ProfileModel(),
                "--dataset %s --weights %s --samples 25 --combinations 3 --threads 1"
                    .formatted(dataset, out)
                    .split(" ")))
        .isZero();

    ModelDirectory model = new ModelDirectory(dataset, folder);
    ModelProfile profile = model.profile();
    assertThat(model.network().name()).isEqualTo(network);
    assertThat(profile.exits()).containsOnlyKeys("exit-3", "exit-5", "exit-7");
    assertThat(profile.exits().values())
        .allSatisfy(e -> assertThat(e.accuracy()).isBetween(0., 1.));
    assertThat(profile.imagesTest()).isEqualTo(25);
    assertThat(profile.blocks())
        .isNotEmpty()
        .allSatisfy(
            block -> {
              assertThat(block.variants()).hasSize(5);
              assertThat(block.variants().get(0).accuracyDrop()).isZero();
              assertThat(block.variants().get(4).flops())
                  .isLessThan(block.variants().get(0).flops());
            });
    assertThat(profile.combinations().measured()).hasSize(6);
    assertThat(profile.combinations().measured().get(0).accuracy())
        .isEqualTo(profile.originalAccuracy());
  }

  @Test
  @DisplayName("wrong options are told in one line and end with exit code 2")
  void call_wrongOptions_exitCodeTwo() {
    String out = folder.toString();
    for (String options :
        new String[] {
          "--dataset nowhere",
          "--dataset fashion-mnist-sample --model vgg",
          "--dataset fashion-mnist-sample --preset slow",
          "--dataset fashion-mnist-sample --rate 0",
          "--dataset fashion-mnist-sample --exits some"
        }) {
      assertThat(run(new TrainExits(), (options + " --out " + out).split(" ")))
          .as(options)
          .isEqualTo(2);
    }
    assertThat(Files.exists(folder.resolve("training.csv"))).isFalse();
  }
}
