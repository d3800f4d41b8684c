package io.offloadlab.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.offloadlab.failure.RunFailure;
import io.offloadlab.files.Sha256;
import io.offloadlab.graph.Shape;
import io.offloadlab.models.ExitFigures.Verdict;
import io.offloadlab.weights.SafeTensorsWriter;
import io.offloadlab.weights.StoredTensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProfileDocumentTest {
  private static final JsonMapper JSON = new JsonMapper();
  private static final NetworkCard CARD =
      new NetworkCard("resnet18", 8, 10, Shape.of(3, 32, 32), List.of("exit-3"));

  @TempDir Path folder;
  private ModelDirectory model;

  @BeforeEach
  void trained() {
    model = new ModelDirectory("cifar10", folder);
    weights("backbone.safetensors", CARD, 1);
    weights("blocks.safetensors", CARD, 1);
  }

  private void weights(String file, NetworkCard card, float value) {
    List<StoredTensor> any = List.of(StoredTensor.of("any", List.of(1), new float[] {value}));
    SafeTensorsWriter.write(folder.resolve(file), card.metadata(), any);
  }

  private static ObjectNode figures(ObjectNode node, double accuracy) {
    node.put("dataset", "cifar10").put("images_test", 4).putArray("blocks");
    node.putObject("exits").putObject("exit-7").put("accuracy", accuracy);
    return node;
  }

  private ObjectNode tied() {
    ObjectNode root = figures(JSON.createObjectNode(), 0.75);
    root.put("format", 2);
    root.set("belongs_to", JSON.valueToTree(ProfileTies.of(model)));
    figures(root.putObject("selection"), 0.5);
    figures(root.putObject("report"), 1);
    return root;
  }

  private void write(ObjectNode profile) {
    try {
      JSON.writeValue(folder.resolve("profile.json").toFile(), profile);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void measured_tiedToTheseWeights_figuresOfAllAndOfEachHalf() {
    write(tied());

    ProfileDocument profile = model.measured();

    assertThat(profile.all().originalAccuracy()).isEqualTo(0.75);
    assertThat(profile.on(ImageHalf.SELECTION).orElseThrow().originalAccuracy()).isEqualTo(0.5);
    assertThat(profile.on(ImageHalf.REPORT).orElseThrow().originalAccuracy()).isEqualTo(1);
    assertThat(profile.warning(model)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"backbone.safetensors", "blocks.safetensors"})
  @DisplayName("weights that were trained since make the profile stale")
  void measured_weightsOfAnotherTraining_runFailureSayingWhatToRun(String file) {
    write(tied());
    weights(file, CARD, 2);

    assertThatExceptionOfType(RunFailure.class)
        .isThrownBy(model::measured)
        .withMessageContaining("profile.json was measured of another " + file)
        .withMessageEndingWith(
            "bin/legodnn profile --dataset cifar10 --weights %s".formatted(folder))
        .withMessageNotContaining("\n");
  }

  @Test
  void measured_blocksMadeSince_runFailure() throws IOException {
    Files.delete(folder.resolve("blocks.safetensors"));
    write(tied());
    weights("blocks.safetensors", CARD, 1);

    assertThatExceptionOfType(RunFailure.class)
        .isThrownBy(model::measured)
        .withMessageContaining("was measured without blocks.safetensors");
  }

  @Test
  @DisplayName("a profile of another network, another number of classes or other images is refused")
  void measured_otherNetwork_runFailureNamingTheDifference() {
    write(tied());
    List<NetworkCard> others =
        List.of(
            new NetworkCard("resnet34", 8, 10, CARD.input(), CARD.earlyExits()),
            new NetworkCard("resnet18", 8, 100, CARD.input(), CARD.earlyExits()),
            new NetworkCard("resnet18", 8, 10, Shape.of(1, 32, 32), CARD.earlyExits()),
            new NetworkCard("resnet18", 8, 10, CARD.input(), List.of()));
    for (NetworkCard other : others) {
      weights("backbone.safetensors", other, 1);

      assertThatExceptionOfType(RunFailure.class)
          .isThrownBy(model::measured)
          .withMessageContaining("was measured of a network with");
    }
  }

  @Test
  void measured_otherDataset_runFailure() {
    write(tied());
    ModelDirectory other = new ModelDirectory("cifar100", folder);

    assertThatExceptionOfType(RunFailure.class)
        .isThrownBy(other::measured)
        .withMessageContaining("was measured on cifar10, not cifar100");
    write(figures(JSON.createObjectNode(), 0.5));
    assertThatExceptionOfType(RunFailure.class)
        .isThrownBy(other::measured)
        .withMessageContaining("was measured on cifar10, not cifar100");
  }

  @Test
  @DisplayName("a profile of before there were versions is read, with something to say")
  void measured_withoutVersion_figuresAndAWarningWithTheRemedy() {
    write(figures(JSON.createObjectNode(), 0.5));

    ProfileDocument profile = model.measured();

    assertThat(profile.format()).isEqualTo(1);
    assertThat(profile.all().originalAccuracy()).isEqualTo(0.5);
    assertThat(profile.selection()).isEmpty();
    assertThat(profile.warning(model).orElseThrow())
        .contains("does not say which weights", "profile --stamp --dataset cifar10 --weights ");
  }

  @Test
  @DisplayName("a profile of before that noted checksums is held to them")
  void measured_withoutVersionButChecksums_readOrRefusedByThem() {
    ObjectNode profile = figures(JSON.createObjectNode(), 0.5);
    ObjectNode provenance = profile.putObject("provenance");
    ProfileTies.of(model).weights().forEach((f, sum) -> provenance.put(f + " sha256", sum));
    write(profile);

    assertThat(model.measured().warning(model)).isEmpty();
    weights("backbone.safetensors", CARD, 2);
    assertThatExceptionOfType(RunFailure.class)
        .isThrownBy(model::measured)
        .withMessageContaining("was measured of another backbone.safetensors");
  }

  @Test
  @DisplayName("blocks that are of another backbone tell that the profile is stale")
  void measured_blocksOfAnotherBackbone_runFailureSayingBothSteps() {
    List<StoredTensor> any = List.of(StoredTensor.of("any", List.of(1), new float[1]));
    SafeTensorsWriter.write(
        folder.resolve("blocks.safetensors"), Map.of("backbone", "0".repeat(64)), any);
    write(figures(JSON.createObjectNode(), 0.5));

    assertThatExceptionOfType(RunFailure.class)
        .isThrownBy(model::measured)
        .withMessageContaining("is of before backbone.safetensors was trained again")
        .withMessageContaining("bin/legodnn train --dataset cifar10 --backbone " + folder)
        .withMessageContaining("--overwrite, then measure it with bin/legodnn profile");
  }

  @Test
  void measured_laterVersion_runFailure() {
    write(tied().put("format", 3));

    assertThatExceptionOfType(RunFailure.class)
        .isThrownBy(model::measured)
        .withMessageContaining("is of format 3, but this OffloadLab reads up to 2");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "{'format': 'two'}|no number as its format",
        "{'format': 2, 'exits': {'exit-7': {'accuracy': 1}}}|lacks belongs_to",
        "{'exits': {'exit-7': null}}|no accuracy from 0 to 1 for exit-7",
        "{'exits': {'exit-7': {'accuracy': 92}}}|no accuracy from 0 to 1 for exit-7",
        "{'exits': {'exit-7': {'accuracy': 'high'}}}|exits.exit-7.accuracy is not what is expected",
        "{'exits': [1]}|exits is not what is expected there",
        "[]|is not a model's profile",
        "{'exits': {}|is not a model's profile",
      })
  void measured_damaged_runFailureInOneLineWithoutClassNames(String json, String message)
      throws IOException {
    Files.writeString(folder.resolve("profile.json"), json.replace('\'', '"'));

    assertThatExceptionOfType(RunFailure.class)
        .isThrownBy(model::measured)
        .withMessageContaining(message)
        .withMessageNotContaining("offloadlab.models")
        .withMessageNotContaining("\n");
  }

  @Test
  @DisplayName("what exits say of single images comes back, and only with its own profile")
  void exitFigures_writtenAndRead_theSameAndTiedToTheProfile() {
    ExitFigures written =
        new ExitFigures(
            List.of("exit-3", "exit-7"),
            List.of(
                new Verdict(4, List.of(0.5, 0.875), List.of(1.5, 0.125), List.of(true, false)),
                new Verdict(9_999, List.of(0.25, 1.0), List.of(2.25, 0.0), List.of(false, true))));
    Path file = folder.resolve(ModelDirectory.EXIT_FIGURES);
    written.write(file);
    ObjectNode profile = tied();
    profile.putObject("per_image").put("sha256", Sha256.required(file));
    write(profile);

    ExitFigures read = model.exitFigures(model.measured()).orElseThrow();

    assertThat(read).isEqualTo(written);
    profile.putObject("per_image").put("sha256", "0".repeat(64));
    write(profile);
    assertThatExceptionOfType(RunFailure.class)
        .isThrownBy(() -> model.exitFigures(model.measured()))
        .withMessageContaining("is not that of the profile beside it");
  }

  @Test
  void of_records_evenForSelectionOddForReport() {
    assertThat(Map.of(0, ImageHalf.of(0), 1, ImageHalf.of(1), 9_998, ImageHalf.of(9_998)))
        .containsEntry(0, ImageHalf.SELECTION)
        .containsEntry(1, ImageHalf.REPORT)
        .containsEntry(9_998, ImageHalf.SELECTION);
  }
}
