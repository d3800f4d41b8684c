package io.offloadlab.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.offloadlab.failure.RunFailure;
import io.offloadlab.graph.Component;
import io.offloadlab.graph.GraphBuilder;
import io.offloadlab.graph.Shape;
import io.offloadlab.graph.WeightRef;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ComponentWeightsTest {
  private static final WeightRef REF =
      new WeightRef("blocks.safetensors", "layer1.", "block-0/sparsity-0.2/");

  private static final Component COMPONENT =
      new Component(
          "block-0@0.2",
          new GraphBuilder(Shape.of(4)).linear("layer1.fc", 2).build("piece", List.of()),
          REF);

  private static final StoredTensor WEIGHT =
      StoredTensor.of(
              "block-0/sparsity-0.2/fc.weight", List.of(2, 4), new float[] {1, 2, 3, 4, 5, 6, 7, 8})
          .halved();

  private static final StoredTensor BIAS =
      StoredTensor.of("block-0/sparsity-0.2/fc.bias", List.of(2), new float[] {0.5f, -0.5f});

  private static final StoredTensor OTHER = StoredTensor.of("other", List.of(1), new float[] {9});

  @TempDir Path directory;

  private ComponentWeights read(StoredTensor... tensors) {
    SafeTensorsWriter.write(
        directory.resolve("blocks.safetensors"), Map.of("k", "v"), List.of(tensors));
    return ComponentWeights.read(directory, COMPONENT);
  }

  @Test
  void read_fileWithMore_onlyTheComponentsTensorsUnderItsNamesAsAtRest() {
    ComponentWeights weights = read(OTHER, BIAS, WEIGHT);

    SafeTensors blob = SafeTensors.of("blob", weights.blob());
    assertThat(blob.names()).containsExactly("layer1.fc.weight", "layer1.fc.bias");
    assertThat(weights.tensor("layer1.fc.weight").dtype()).isEqualTo(Dtype.F16);
    assertThat(weights.tensor("layer1.fc.weight").floats()).containsExactly(WEIGHT.floats());
    assertThat(weights.tensor("layer1.fc.bias").floats()).containsExactly(0.5f, -0.5f);
  }

  @Test
  void sha256_sameTensorsElsewhereInAnotherFile_same() {
    assertThat(read(OTHER, BIAS, WEIGHT).sha256())
        .isEqualTo(read(WEIGHT, BIAS).sha256())
        .matches("[0-9a-f]{64}");
  }

  @Test
  void sha256_anotherValue_differs() {
    StoredTensor bias = StoredTensor.of(BIAS.name(), BIAS.shape(), new float[] {0.5f, -0.25f});

    assertThat(read(WEIGHT, bias).sha256()).isNotEqualTo(read(WEIGHT, BIAS).sha256());
  }

  @Test
  void of_blobThatTravelled_equalContentAndHash() {
    ComponentWeights sent = read(WEIGHT, BIAS);
    byte[] wire = new byte[sent.bytes()];
    sent.blob().get(wire);

    ComponentWeights received = ComponentWeights.of("from cloud", wire);

    received.requireFor(COMPONENT);
    assertThat(received.sha256()).isEqualTo(sent.sha256());
    assertThat(received.tensor("layer1.fc.weight").floats()).containsExactly(WEIGHT.floats());
  }

  @Test
  void of_blobCutOnTheWay_runFailure() {
    ByteBuffer blob = read(WEIGHT, BIAS).blob();
    byte[] cut = new byte[blob.remaining() - 1];
    blob.get(cut);

    assertThatExceptionOfType(RunFailure.class)
        .isThrownBy(() -> ComponentWeights.of("from cloud", cut))
        .withMessageStartingWith("from cloud");
  }

  @Test
  void read_tensorMissing_runFailureNamingFileAndTensor() {
    assertThatExceptionOfType(RunFailure.class)
        .isThrownBy(() -> read(WEIGHT))
        .withMessageEndingWith(
            "blocks.safetensors: tensor 'block-0/sparsity-0.2/fc.bias' is missing");
  }

  @Test
  void read_otherShape_runFailureNamingBothShapes() {
    StoredTensor bias = StoredTensor.of(BIAS.name(), List.of(3), new float[3]);

    assertThatExceptionOfType(RunFailure.class)
        .isThrownBy(() -> read(WEIGHT, bias))
        .withMessageEndingWith("fc.bias' has shape [3], but the network needs [2]");
  }

  @Test
  void read_integersForWeights_runFailure() {
    StoredTensor bias =
        new StoredTensor(BIAS.name(), Dtype.I64, List.of(2), ByteBuffer.allocate(16));

    assertThatExceptionOfType(RunFailure.class)
        .isThrownBy(() -> read(WEIGHT, bias))
        .withMessageContaining("holds I64, but weights are F16, BF16, F32 or F64");
  }

  @Test
  void of_blobWithNaN_runFailureNamingTheTensorBeforeItIsUsed() {
    StoredTensor weight =
        StoredTensor.of("layer1.fc.weight", WEIGHT.shape(), filled(WEIGHT.elements(), Float.NaN));
    StoredTensor bias = BIAS.named("layer1.fc.bias");
    ByteBuffer blob = SafeTensorsWriter.write(Map.of(), List.of(weight, bias));

    assertThatExceptionOfType(RunFailure.class)
        .isThrownBy(() -> ComponentWeights.of("from cloud", blob).requireFor(COMPONENT))
        .withMessageStartingWith("from cloud: tensor 'layer1.fc.weight' holds values that are NaN");
  }

  private static float[] filled(int elements, float value) {
    float[] values = new float[elements];
    Arrays.fill(values, value);
    return values;
  }

  @Test
  void requireFor_blobOfAnotherComponent_runFailure() {
    ByteBuffer other = SafeTensorsWriter.write(Map.of(), Arrays.asList(OTHER));

    assertThatExceptionOfType(RunFailure.class)
        .isThrownBy(() -> ComponentWeights.of("from cloud", other).requireFor(COMPONENT))
        .withMessage("from cloud: tensor 'layer1.fc.weight' is missing");
  }
}
