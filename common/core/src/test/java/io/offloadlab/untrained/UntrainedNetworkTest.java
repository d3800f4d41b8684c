package io.offloadlab.untrained;

import static org.assertj.core.api.Assertions.assertThat;

import io.offloadlab.graph.Component;
import io.offloadlab.graph.Shape;
import io.offloadlab.models.ModelDirectory;
import io.offloadlab.models.NetworkCard;
import io.offloadlab.weights.ComponentWeights;
import io.offloadlab.weights.Dtype;
import io.offloadlab.weights.SafeTensors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UntrainedNetworkTest {
  private static final UntrainedNetwork SMALL =
      new UntrainedNetwork(
          new NetworkCard("vgg16-imagenet", 1, 10, Shape.of(3, 32, 32), List.of()));

  @TempDir Path cache;

  @Test
  void directory_drawnTwice_isTheSameToTheLastBit() throws IOException {
    Path first = SMALL.directory(cache.resolve("a")).path().resolve(ModelDirectory.BACKBONE);
    Path second = SMALL.directory(cache.resolve("b")).path().resolve(ModelDirectory.BACKBONE);

    assertThat(Files.mismatch(first, second)).isEqualTo(-1);
  }

  @Test
  void directory_thereAlready_isNotDrawnAgain() throws IOException {
    Path file = SMALL.directory(cache).path().resolve(ModelDirectory.BACKBONE);
    Files.setLastModifiedTime(file, java.nio.file.attribute.FileTime.fromMillis(0));

    SMALL.directory(cache);

    assertThat(Files.getLastModifiedTime(file).toMillis()).isZero();
  }

  @Test
  @DisplayName(
      "its weights fit every component of its network, rest in half precision and say what they are")
  void directory_isAModelThatNobodyTrained() {
    ModelDirectory model = SMALL.directory(cache);

    assertThat(model.network()).isEqualTo(SMALL.network());
    assertThat(ModelDirectory.in(model.path()).dataset()).contains("random", "latency only");
    for (Component c : model.network().components(model.backbone())) {
      ComponentWeights.read(model.path(), c).requireFor(c);
    }
    assertThat(weights().tensor("features.0.weight").dtype()).isEqualTo(Dtype.F16);
  }

  @Test
  @DisplayName(
      "kernels have the variance 2 / fan-in that keeps activations as they are (He et al., 2015)")
  void weights_ofAConvolution_haveTheVarianceOfHe() {
    float[] values = weights().tensor("features.24.weight").floats();

    double squares = 0;
    for (float v : values) {
      squares += v * v;
    }
    int fanIn = 8 * 9;
    assertThat(squares / values.length).isBetween(0.85 * 2 / fanIn, 1.15 * 2 / fanIn);
    assertThat(weights().tensor("features.24.bias").floats()).containsOnly(0);
  }

  private SafeTensors weights() {
    return SafeTensors.open(SMALL.directory(cache).path().resolve(ModelDirectory.BACKBONE));
  }

  @Test
  void profile_isOfNoImage_andHasTheLastExitAlone() {
    assertThat(SMALL.profile().choosing().isMeasured()).isFalse();
    assertThat(SMALL.profile().choosing().exits()).containsOnlyKeys("exit-7");
    assertThat(SMALL.profile().choosing().originalAccuracy()).isEqualTo(0.1);
  }
}
