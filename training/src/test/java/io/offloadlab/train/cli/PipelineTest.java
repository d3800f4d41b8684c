package io.offloadlab.train.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.offloadlab.graph.Shape;
import io.offloadlab.models.ModelDirectory;
import io.offloadlab.models.ModelProfile;
import io.offloadlab.models.NetworkCard;
import io.offloadlab.train.exits.WeightFiles;
import io.offloadlab.weights.SafeTensors;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/**
 * From embedded images to a profile that strategies can plan with. The tutorial's own commands,
 * with a ResNet, are run in the bench module.
 */
class PipelineTest {
  @TempDir Path folder;

  private static int run(Object command, String... args) {
    return new CommandLine(command).execute(args);
  }

  @Test
  @Tag("slow")
  @DisplayName("train exits, make and retrain blocks, profile, all of a network that is no ResNet")
  void trainTrainProfile_embeddedImages_profileWithVariants() {
    String network = "mobilenetv2";
    String width = "8";
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
    assertThat(model.card())
        .isEqualTo(
            new NetworkCard(network, 8, 10, Shape.of(1, 32, 32), List.of("exit-3", "exit-5")));
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
    remakeOneBlock(model);
  }

  /** One block made again leaves the others in the file; one alone can be measured. */
  private void remakeOneBlock(ModelDirectory model) {
    Path file = folder.resolve(ModelDirectory.BLOCKS);
    Set<String> before = Set.copyOf(SafeTensors.open(file).names());
    String common = "--dataset %s --threads 1 ".formatted(model.dataset());

    assertThat(
            run(
                new TrainBlocks(),
                (common
                        + "--backbone %s --blocks 1 --epochs 0 --calibration 16 --batch 16"
                        + " --no-least-squares")
                    .formatted(folder)
                    .split(" ")))
        .isZero();
    assertThat(
            run(
                new ProfileModel(),
                (common + "--weights %s --blocks 1 --samples 25 --combinations 0")
                    .formatted(folder)
                    .split(" ")))
        .isZero();

    JsonNode variants = json().get("blocks").get(0).get("variants");
    assertThat(variants.get(0).get("relative_error").asDouble()).isZero();
    assertThat(variants.get(4).get("relative_error").asDouble())
        .isGreaterThan(variants.get(1).get("relative_error").asDouble());
    assertThat(SafeTensors.open(file).names()).containsExactlyInAnyOrderElementsOf(before);
    assertThat(model.profile().blocks())
        .singleElement()
        .satisfies(b -> assertThat(b.name()).isEqualTo("block-1"))
        .satisfies(b -> assertThat(b.variants()).hasSize(5));
    assertThat(folder.resolve(ModelDirectory.PROFILE))
        .content()
        .contains("blocks.safetensors sha256", "leastSquares=false", "weights of epoch 1");
    anotherBackbone(model);
  }

  private JsonNode json() {
    try {
      return new JsonMapper().readTree(folder.resolve(ModelDirectory.PROFILE).toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Blocks of a backbone that was trained again since are not measured with it. */
  private void anotherBackbone(ModelDirectory model) {
    Path file = folder.resolve(ModelDirectory.BACKBONE);
    SafeTensors before = SafeTensors.open(file);
    WeightFiles.ship(
        file, model.card().metadata(), before.names().stream().map(before::tensor).toList());
    CommandLine profile = new CommandLine(new ProfileModel());
    List<String> told = new ArrayList<>();
    profile.setExecutionExceptionHandler(
        (e, line, parsed) -> {
          told.add(e.getMessage());
          return 1;
        });

    assertThat(profile.execute("--dataset", model.dataset(), "--weights", folder.toString()))
        .isEqualTo(1);
    assertThat(told).singleElement().asString().contains("was made for another backbone than");
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
          "--dataset fashion-mnist-sample --exits some",
          "--dataset fashion-mnist-sample --exit-weights 1,2",
          "--dataset fashion-mnist-sample --ema 1",
          "--dataset fashion-mnist-sample --optimizer lamb",
          "--dataset fashion-mnist-sample --optimizer adam --momentum 0.9",
          "--dataset fashion-mnist-sample --momentum 1"
        }) {
      assertThat(run(new TrainExits(), (options + " --out " + out).split(" ")))
          .as(options)
          .isEqualTo(2);
    }
    assertThat(Files.exists(folder.resolve("training.csv"))).isFalse();
  }
}
