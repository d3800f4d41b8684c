package io.offloadlab.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.offloadlab.failure.UsageError;
import io.offloadlab.graph.Shape;
import io.offloadlab.models.NetworkCard;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NetworkTextTest {
  @ParameterizedTest
  @CsvSource({"vgg16-imagenet@224, 64, 224", "vgg16-imagenet/2@32, 2, 32"})
  void parse_familyAndSide_givesTheNetworkForAThousandClasses(String text, int width, int side) {
    assertThat(NetworkText.parse(text))
        .isEqualTo(
            new NetworkCard("vgg16-imagenet", width, 1000, Shape.of(3, side, side), List.of()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"vgg16-imagenet", "vgg16-imagenet@", "vgg16-imagenet/0@32", "@224", "VGG@1"})
  void parse_anotherForm_namesTheText(String text) {
    assertThatThrownBy(() -> NetworkText.parse(text))
        .isInstanceOf(UsageError.class)
        .hasMessageContaining("'" + text + "'")
        .hasMessageContaining("FAMILY@SIDE");
  }

  @Test
  void parse_unknownFamily_listsThoseThereAre() {
    assertThatThrownBy(() -> NetworkText.parse("vgg19@224"))
        .isInstanceOf(UsageError.class)
        .hasMessageContaining("vgg19")
        .hasMessageContaining("vgg16-imagenet");
  }

  @Test
  void parse_imagesThatTheNetworkCannotTake_isRefused() {
    assertThatThrownBy(() -> NetworkText.parse("vgg16-imagenet@16"))
        .isInstanceOf(UsageError.class)
        .hasMessageContaining("vgg16-imagenet@16");
  }
}
