package io.offloadlab.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.offloadlab.failure.RunFailure;
import io.offloadlab.failure.UsageError;
import io.offloadlab.graph.Component;
import io.offloadlab.graph.ModelGraph;
import io.offloadlab.graph.NetworkFamilies;
import io.offloadlab.graph.Shape;
import io.offloadlab.weights.ComponentWeights;
import io.offloadlab.weights.SafeTensors;
import io.offloadlab.weights.SafeTensorsWriter;
import io.offloadlab.weights.StoredTensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelShelfTest {
  @TempDir Path directory;

  private ModelDirectory model(String dataset, String architecture, int... firstShape) {
    Path path = directory.resolve(dataset);
    int elements = 1;
    for (int i : firstShape) {
      elements *= i;
    }
    List<Integer> shape = Arrays.stream(firstShape).boxed().toList();
    List<StoredTensor> tensors =
        List.of(
            StoredTensor.of("conv1.weight", shape, new float[elements]),
            StoredTensor.of("linear.weight", List.of(7, 64), new float[7 * 64]));
    try {
      Files.createDirectories(path);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    SafeTensorsWriter.write(
        path.resolve("backbone.safetensors"), Map.of("architecture", architecture), tensors);
    return new ModelDirectory(dataset, path);
  }

  @Test
  void network_weightsOfWidth8And7Classes_thatNetwork() {
    ModelGraph network = model("toy", "resnet34-branchynet", 8, 1, 3, 3).network();

    assertThat(network).isEqualTo(NetworkFamilies.build("resnet34", 7, 8, Shape.of(1, 32, 32)));
  }

  @Test
  void network_unknownArchitecture_runFailureNamingTheKnown() {
    ModelDirectory model = model("toy", "alexnet", 8, 3, 3, 3);

    assertThatExceptionOfType(RunFailure.class)
        .isThrownBy(model::network)
        .withMessageEndingWith(
            "belongs to the network 'alexnet'; known are "
                + String.join(", ", NetworkFamilies.names()));
  }

  @Test
  void network_firstLayerNotAConvolution_runFailure() {
    ModelDirectory model = model("toy", "resnet18", 8, 3);

    assertThatExceptionOfType(RunFailure.class)
        .isThrownBy(model::network)
        .withMessageContaining("'conv1.weight' has shape [8, 3], where 4 dimensions were expected");
  }

  @Test
  @DisplayName("each shipped model has weights for every component of its network")
  void shipped_everyModel_weightsForEveryComponent() {
    ModelShelf shelf = ModelShelf.find();
    for (String dataset : shelf.datasets()) {
      ModelDirectory model = shelf.model(dataset);
      for (Component c : model.network().components(model.backbone())) {
        assertThat(ComponentWeights.read(model.path(), c).bytes()).as("%s", c).isPositive();
      }
      assertThat(model.profile().dataset()).isEqualTo(dataset);
      assertThat(model.profile().originalAccuracy()).isBetween(0.5, 1.0);
    }
  }

  @Test
  void profile_shippedCifar10_asMeasured() {
    ModelProfile profile = ModelShelf.find().model("cifar10").profile();

    assertThat(profile.exits().get("exit-7").accuracy()).isEqualTo(0.9241);
    assertThat(profile.originalAccuracy()).isEqualTo(0.9241);
    assertThat(profile.blocks()).hasSize(8);
    assertThat(profile.blocks().get(0).variants().get(1).keptFilters()).isEqualTo(52);
  }

  @Test
  void profile_corrupt_runFailureInOneLineNamingTheFile() throws IOException {
    ModelDirectory model = model("toy", "resnet18", 8, 3, 3, 3);
    Files.writeString(
        model.path().resolve("profile.json"), "{\"dataset\": \"toy\",\n \"exits\": [");

    assertThatExceptionOfType(RunFailure.class)
        .isThrownBy(model::profile)
        .withMessageContaining("profile.json: is not a model's profile")
        .withMessageNotContaining("\n");
  }

  @Test
  void profile_ofSomethingElse_runFailure() throws IOException {
    ModelDirectory model = model("toy", "resnet18", 8, 3, 3, 3);
    for (String json : List.of("{\"dataset\": \"toy\"}", "null")) {
      Files.writeString(model.path().resolve("profile.json"), json);

      assertThatExceptionOfType(RunFailure.class)
          .isThrownBy(model::profile)
          .withMessageContaining("names no exits");
    }
  }

  @Test
  void profile_missing_runFailure() {
    assertThatExceptionOfType(RunFailure.class)
        .isThrownBy(model("toy", "resnet18", 8, 3, 3, 3)::profile)
        .withMessageContaining("there is no such profile");
  }

  @Test
  void defaultDataset_withAndWithoutCifar10_cifar10First() {
    ModelShelf shelf = new ModelShelf(directory);
    whole("cifar100");
    assertThat(shelf.defaultDataset()).isEqualTo("cifar100");

    whole("cifar10");

    assertThat(shelf.defaultDataset()).isEqualTo("cifar10");
    assertThat(shelf.datasets()).containsExactly("cifar10", "cifar100");
  }

  @Test
  void model_unknownDataset_usageErrorNamingThoseThereAre() {
    whole("cifar10");

    assertThatExceptionOfType(UsageError.class)
        .isThrownBy(() -> new ModelShelf(directory).model("cifra10"))
        .withMessage(
            "no weights for data set 'cifra10'; there are some for cifar10; train it with"
                + " bin/branchynet train --dataset cifra10 --out %1$s, then"
                    .formatted(directory.resolve("cifra10"))
                + " bin/legodnn train --dataset cifra10 --backbone %1$s, then"
                    .formatted(directory.resolve("cifra10"))
                + " bin/legodnn profile --dataset cifra10 --weights %1$s"
                    .formatted(directory.resolve("cifra10")));
  }

  @Test
  @DisplayName("a half-made model is no default and no choice, and is told what it lacks")
  void model_withoutBlocksAndProfile_doesNotCount() {
    ModelShelf shelf = new ModelShelf(directory);
    whole("cifar10");
    model("cifar100", "resnet18", 8, 3, 3, 3);

    assertThat(shelf.datasets()).containsExactly("cifar10");
    assertThat(shelf.defaultDataset()).isEqualTo("cifar10");
    assertThat(shelf.trained("cifar100").dataset()).isEqualTo("cifar100");
    assertThatExceptionOfType(RunFailure.class)
        .isThrownBy(() -> shelf.model("cifar100"))
        .withMessageContaining(
            "is not whole: blocks.safetensors and profile.json missing; make it with bin/legodnn"
                + " train --dataset cifar100 --backbone ")
        .withMessageContaining(", then bin/legodnn profile --dataset cifar100 --weights ");
  }

  @Test
  @DisplayName("other models of a data set lie beside the one of its name and are chosen by folder")
  void trained_onlyModelsOfOtherNames_usageErrorNamingThem() {
    ModelShelf shelf = new ModelShelf(directory);
    whole("cifar10");
    Path other = whole("cifar100-wide");
    trainedOn(other, "cifar100");

    assertThat(shelf.datasets()).containsExactly("cifar10");
    assertThat(ModelShelf.chosen(null, other).dataset()).isEqualTo("cifar100");
    assertThatExceptionOfType(UsageError.class)
        .isThrownBy(() -> shelf.trained("cifar100"))
        .withMessageEndingWith("choose one with --weights " + other);
  }

  @Test
  @DisplayName("a folder without weights is told how to be filled")
  void chosen_emptyFolder_runFailureWithTheCommand() {
    assertThatExceptionOfType(RunFailure.class)
        .isThrownBy(() -> ModelShelf.chosen("cifar10", directory.resolve("it's new")))
        .withMessageContaining("has no backbone.safetensors: train it with bin/branchynet train")
        .withMessageEndingWith("it'\\''s new'");
  }

  @Test
  @DisplayName("weights are for the data set, the classes and the images they were trained on")
  void requireFor_anotherDataset_runFailureNamingBoth() {
    Path path = model("cifar10", "resnet18", 8, 3, 3, 3).path();
    ModelDirectory plain = new ModelDirectory("cifar10", path);

    plain.requireFor(7, Shape.of(3, 32, 32));
    assertThatExceptionOfType(RunFailure.class)
        .isThrownBy(() -> plain.requireFor(10, Shape.of(3, 32, 32)))
        .withMessageContaining("has 7 classes, but cifar10 has 10");
    assertThatExceptionOfType(RunFailure.class)
        .isThrownBy(() -> plain.requireFor(7, Shape.of(1, 32, 32)))
        .withMessageContaining(
            "is for images of (3, 32, 32), but those of cifar10 are (1, 32, 32)");
    trainedOn(path, "cifar100");
    assertThatExceptionOfType(RunFailure.class)
        .isThrownBy(() -> plain.requireFor(7, Shape.of(3, 32, 32)))
        .withMessageContaining("was trained on cifar100, not cifar10");
  }

  private static void trainedOn(Path model, String dataset) {
    Path file = model.resolve("backbone.safetensors");
    SafeTensors there = SafeTensors.open(file);
    SafeTensorsWriter.write(
        file,
        Map.of("architecture", "resnet18", "dataset", dataset),
        there.names().stream().map(there::tensor).toList());
  }

  private Path whole(String dataset) {
    Path path = model(dataset, "resnet18", 8, 3, 3, 3).path();
    try {
      Files.createFile(path.resolve("blocks.safetensors"));
      Files.createFile(path.resolve("profile.json"));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return path;
  }
}
