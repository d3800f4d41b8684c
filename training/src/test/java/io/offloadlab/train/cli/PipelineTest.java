package io.offloadlab.train.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.offloadlab.failure.RunFailure;
import io.offloadlab.failure.UsageError;
import io.offloadlab.graph.Shape;
import io.offloadlab.legodnn.blocks.PruningRule;
import io.offloadlab.models.ExitFigures;
import io.offloadlab.models.ImageHalf;
import io.offloadlab.models.ModelDirectory;
import io.offloadlab.models.ModelProfile;
import io.offloadlab.models.NetworkCard;
import io.offloadlab.models.ProfileDocument;
import io.offloadlab.train.blocks.BlockFile;
import io.offloadlab.train.exits.WeightFiles;
import io.offloadlab.weights.SafeTensors;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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
  @DisplayName(
      "in multiples of 8, blocks of 8 to 64 filters have none, one, three and four variants")
  void trainProfile_channelsMultiple_fewerVariantsInEveryFile() {
    String common = "--dataset fashion-mnist-sample --threads 1";
    String small = common + " --limit 16 --batch 16";
    assertThat(
            run(
                new TrainExits(),
                "%s --width 8 --preset quick --epochs 1 --limit 96 --out %s"
                    .formatted(common, folder)
                    .split(" ")))
        .isZero();
    String train =
        small + " --backbone %s --epochs 1 --calibration 16 --channels-multiple ".formatted(folder);
    assertThat(run(new TrainBlocks(), (train + 8).split(" "))).isZero();
    assertThat(
            run(
                new ProfileModel(),
                "%s --weights %s --samples 20 --block-samples 12 --combinations 4"
                    .formatted(common, folder)
                    .split(" ")))
        .isZero();

    ModelProfile profile = new ModelDirectory("fashion-mnist-sample", folder).profile();
    assertThat(profile.channelsMultiple()).isEqualTo(8);
    assertThat(profile.blocks())
        .extracting(b -> b.name() + " " + b.variants().stream().map(v -> v.keptFilters()).toList())
        .containsExactly(
            "block-2 [16, 8]",
            "block-3 [16, 8]",
            "block-4 [32, 24, 16, 8]",
            "block-5 [32, 24, 16, 8]",
            "block-6 [64, 56, 40, 32, 16]",
            "block-7 [64, 56, 40, 32, 16]");
    assertThat(profile.combinations().measured()).hasSize(3 + 4);
    assertThat(profile.imagesTest()).isEqualTo(20);
    assertThat(profile.environments().images()).isEqualTo(12);
    assertThat(profile.combinations().images()).isEqualTo(12);
    assertThat(BlockFile.of(folder.resolve(ModelDirectory.BLOCKS)).rule())
        .isEqualTo(new PruningRule(8));
    assertThat(
            run(new ProfileModel(), "%s --weights %s --again".formatted(common, folder).split(" ")))
        .isZero();
    assertThat(run(new TrainBlocks(), (train + 8 + " --blocks 4").split(" "))).isZero();
    assertThat(run(new TrainBlocks(), (train + "16 --blocks 4").split(" "))).isOne();
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
    assertThat(model.measured().warning(model)).isEmpty();
    for (String file : List.of(ModelDirectory.BACKBONE, ModelDirectory.BLOCKS)) {
      assertThat(SafeTensors.open(folder.resolve(file)).metadata().get("precision"))
          .as(file)
          .isIn("float32", "bfloat16");
    }
    halves(model);
    trainingIsNotWrittenOver(out);
    remakeOneBlock(model);
  }

  /** The halves' figures, reckoned again from what the exits said of single images. */
  private static void halves(ModelDirectory model) {
    ProfileDocument profile = model.measured();
    ExitFigures figures = model.exitFigures(profile).orElseThrow();
    assertThat(figures.exits()).containsExactly("exit-3", "exit-5", "exit-7");
    assertThat(figures.verdicts()).hasSize(25);
    for (ImageHalf half : ImageHalf.values()) {
      List<ExitFigures.Verdict> verdicts =
          figures.verdicts().stream().filter(v -> ImageHalf.of(v.record()) == half).toList();
      ModelProfile measured = profile.on(half).orElseThrow();
      for (int e = 0; e < 3; e++) {
        int exit = e;
        long right = verdicts.stream().filter(v -> v.correct().get(exit)).count();
        assertThat(measured.exits().get(figures.exits().get(e)).accuracy())
            .isEqualTo(right / (double) verdicts.size());
      }
      assertThat(measured.imagesTest()).isEqualTo(verdicts.size());
      assertThat(measured.combinations().images()).isEqualTo(verdicts.size());
      assertThat(measured.blocks()).hasSameSizeAs(profile.all().blocks());
    }
    assertThat(figures.verdicts())
        .allSatisfy(v -> assertThat(v.confidence()).allMatch(c -> c > 0.09 && c <= 1))
        .allSatisfy(v -> assertThat(v.entropy()).allMatch(h -> h >= 0 && h < 2.31));
  }

  /** What a message tells to run makes the model whole again. */
  private static void makeAgain(ModelDirectory model) {
    String stale =
        assertThatExceptionOfType(RunFailure.class)
            .isThrownBy(model::measured)
            .actual()
            .getMessage();
    Matcher commands = Pattern.compile("bin/legodnn (train|profile) ([^,]+)").matcher(stale);
    List<String> run = new ArrayList<>();
    while (commands.find()) {
      boolean train = commands.group(1).equals("train");
      String shorter =
          train
              ? " --epochs 0 --limit 16 --batch 16 --calibration 16 --threads 1"
              : " --samples 10 --combinations 0 --threads 1";
      Object command = train ? new TrainBlocks() : new ProfileModel();
      assertThat(run(command, (commands.group(2) + shorter).split(" "))).isZero();
      run.add(commands.group(1));
    }
    assertThat(run).containsExactly("train", "profile");
    assertThat(model.measured().warning(model)).isEmpty();
  }

  private static void trainingIsNotWrittenOver(String out) {
    List<String> told = new ArrayList<>();
    CommandLine train = told(new TrainExits(), told);

    assertThat(
            train.execute(
                "--dataset fashion-mnist-sample --width 4 --preset quick --limit 32 --out %s"
                    .formatted(out)
                    .split(" ")))
        .isEqualTo(2);
    assertThat(told)
        .singleElement()
        .asString()
        .contains("has the weights of mobilenetv2 on fashion-mnist-sample", "--overwrite");
  }

  private static CommandLine told(Object command, List<String> told) {
    CommandLine line = new CommandLine(command);
    line.setExecutionExceptionHandler(
        (e, failed, parsed) -> {
          told.add(e.getMessage());
          return e instanceof UsageError ? 2 : 1;
        });
    return line;
  }

  /** The same images and networks give the same figures. */
  private void measureAgain(ModelDirectory model) {
    ProfileDocument before = model.measured();

    assertThat(
            run(
                new ProfileModel(),
                "--dataset %s --weights %s --threads 1 --again"
                    .formatted(model.dataset(), folder)
                    .split(" ")))
        .isZero();

    assertThat(model.measured().all().exits()).isEqualTo(before.all().exits());
    assertThat(model.measured().exitFigures()).isEqualTo(before.exitFigures());
  }

  /** A profile that does not say whose it is can be tied without measuring. */
  private void stamp(ModelDirectory model) {
    ObjectNode old = (ObjectNode) json();
    old.remove(List.of("format", "belongs_to", "selection", "report", "per_image"));
    try {
      new JsonMapper().writeValue(folder.resolve(ModelDirectory.PROFILE).toFile(), old);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    assertThat(model.measured().warning(model)).isPresent();

    assertThat(
            run(
                new ProfileModel(),
                "--dataset %s --weights %s --stamp".formatted(model.dataset(), folder).split(" ")))
        .isZero();

    assertThat(model.measured().warning(model)).isEmpty();
    assertThat(model.measured().selection()).isEmpty();
    assertThat(json().get("stamped_note").asText()).contains("there are no halves");
    assertThat(json().get("exits")).isEqualTo(old.get("exits"));
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
        .contains("leastSquares=false", "weights of epoch 1", "1 thread(s)");
    measureAgain(model);
    stamp(model);
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
    List<String> told = new ArrayList<>();
    CommandLine profile = told(new ProfileModel(), told);

    assertThat(profile.execute("--dataset", model.dataset(), "--weights", folder.toString()))
        .isEqualTo(1);
    assertThat(told).singleElement().asString().contains("was made for another backbone than");
    makeAgain(model);
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
