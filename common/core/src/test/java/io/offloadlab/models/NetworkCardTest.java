package io.offloadlab.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.offloadlab.failure.RunFailure;
import io.offloadlab.graph.NetworkFamilies;
import io.offloadlab.graph.Shape;
import io.offloadlab.weights.SafeTensors;
import io.offloadlab.weights.SafeTensorsWriter;
import io.offloadlab.weights.StoredTensor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NetworkCardTest {
  private static final NetworkCard CARD =
      new NetworkCard("vgg16", 8, 7, Shape.of(1, 64, 64), List.of("exit-3", "exit-5"));

  @TempDir Path directory;

  private ModelDirectory model(Map<String, String> metadata) {
    List<StoredTensor> any = List.of(StoredTensor.of("any", List.of(1), new float[1]));
    SafeTensorsWriter.write(directory.resolve("backbone.safetensors"), metadata, any);
    return new ModelDirectory("toy", directory);
  }

  @Test
  @DisplayName("what was written comes back, whatever the tensors are called")
  void of_metadata_theSameCard() {
    ModelDirectory model = model(CARD.metadata());

    assertThat(model.card()).isEqualTo(CARD);
    assertThat(model.network())
        .isEqualTo(NetworkFamilies.build("vgg16", 7, 8, Shape.of(1, 64, 64)));
  }

  @Test
  void of_noExits_emptyList() {
    NetworkCard plain = new NetworkCard("resnet34", 16, 10, Shape.of(3, 32, 32), List.of());

    assertThat(model(plain.metadata()).card()).isEqualTo(plain);
  }

  @Test
  void of_widthThatIsNoNumber_runFailureNamingIt() {
    Map<String, String> metadata = new HashMap<>(CARD.metadata());
    metadata.put("width", "wide");
    ModelDirectory model = model(metadata);

    assertThatExceptionOfType(RunFailure.class)
        .isThrownBy(model::card)
        .withMessageContaining("has metadata 'width' of 'wide', where 1 positive whole number(s)");
  }

  @Test
  void network_imagesTooSmallForIt_runFailure() {
    Map<String, String> metadata = new HashMap<>(CARD.metadata());
    metadata.put("input", "1,8,8");
    ModelDirectory model = model(metadata);

    assertThatExceptionOfType(RunFailure.class)
        .isThrownBy(model::network)
        .withMessageContaining("there is no such network as NetworkCard[family=vgg16, width=8");
  }

  @Test
  @DisplayName("the shipped weights, which say but their architecture, are known by their tensors")
  void of_shippedWeights_resnet18WithTwoEarlyExits() {
    Path file = ModelShelf.find().model("cifar10").path().resolve(ModelDirectory.BACKBONE);

    assertThat(NetworkCard.of(SafeTensors.open(file)))
        .isEqualTo(
            new NetworkCard("resnet18", 64, 10, Shape.of(3, 32, 32), List.of("exit-3", "exit-5")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"resnet18", "resnet34", "mobilenetv2", "vgg16"})
  @DisplayName("weights without any metadata are recognised by all their tensors")
  void of_noMetadata_theOneNetworkWithTheseTensors(String family) {
    List<StoredTensor> tensors = new ArrayList<>();
    NetworkFamilies.build(family, 7, 8, Shape.of(1, 32, 32))
        .tensors()
        .forEach((name, shape) -> tensors.add(zeros(name, shape)));
    tensors.add(zeros("branch.exit_point-3.0.weight", List.of(1)));
    SafeTensors file = SafeTensors.of("w", SafeTensorsWriter.write(Map.of(), tensors));

    assertThat(NetworkCard.of(file))
        .isEqualTo(new NetworkCard(family, 8, 7, Shape.of(1, 32, 32), List.of("exit-3")));
  }

  @Test
  @DisplayName("without metadata and with other tensors the message says what to write")
  void of_noMetadataAndUnknownTensors_runFailureWithTheRemedy() {
    ModelDirectory model = model(Map.of());

    assertThatExceptionOfType(RunFailure.class)
        .isThrownBy(model::card)
        .withMessageContaining("metadata lacks 'architecture'")
        .withMessageContaining("NAME is one of mobilenetv2, resnet18, resnet34, vgg16");
  }

  private static StoredTensor zeros(String name, List<Integer> shape) {
    return StoredTensor.of(name, shape, new float[shape.stream().reduce(1, (a, b) -> a * b)]);
  }
}
