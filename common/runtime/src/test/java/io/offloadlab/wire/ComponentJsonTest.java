package io.offloadlab.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.offloadlab.graph.Component;
import io.offloadlab.graph.GraphBuilder;
import io.offloadlab.graph.Layer;
import io.offloadlab.graph.ModelGraph;
import io.offloadlab.graph.Shape;
import io.offloadlab.graph.VggNets;
import io.offloadlab.graph.WeightRef;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ComponentJsonTest {
  @Test
  void everyComponentOfAResNet_writtenAndRead_isTheSame() {
    for (Component component : SampleMessages.components()) {
      assertThat(ComponentJson.read(ComponentJson.write(component))).isEqualTo(component);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "[]",
        "{\"name\":\"x\"}",
        "{\"name\":\"x\",\"graph\":{\"name\":\"x\",\"input\":{\"dims\":[3]},\"vertices\":[],\"stages\":[]}}",
        "{\"name\":\"x\",\"graph\":{\"name\":\"x\",\"input\":{\"dims\":[-3]},\"vertices\":[],\"stages\":[]}}",
        "{\"name\":\"x\",\"graph\":{\"name\":\"x\",\"input\":{\"dims\":[3]},\"vertices\":[{\"name\":\"a\","
            + "\"layer\":{\"type\":\"exec\"},\"inputs\":[\"input\"]}],\"stages\":[]}}",
        "{\"name\":\"x\",\"graph\":{\"name\":\"x\",\"input\":{\"dims\":[3]},\"vertices\":[null],\"stages\":[]}}",
        "{\"name\":\"x\",\"graph\":{\"name\":\"x\",\"input\":{\"dims\":[3]},\"vertices\":null,\"stages\":null}}"
      })
  void whatIsNoComponent_isRefused(String json) {
    byte[] bytes = json.getBytes(StandardCharsets.UTF_8);

    assertThatThrownBy(() -> ComponentJson.read(bytes)).isInstanceOf(WireException.class);
  }

  @Test
  void jsonThatNestsWithoutEnd_isRefused() {
    byte[] bytes = "[".repeat(100_000).getBytes(StandardCharsets.UTF_8);

    assertThatThrownBy(() -> ComponentJson.read(bytes)).isInstanceOf(WireException.class);
  }

  @Test
  @DisplayName("every kind of layer has a name on the wire")
  void layerTypes_allPermittedLayers() {
    assertThat(LayerType.values())
        .extracting(t -> (Object) t.layer())
        .containsExactlyInAnyOrderElementsOf(kinds(Layer.class).toList());
  }

  private static Stream<Class<?>> kinds(Class<?> sealed) {
    return sealed.isSealed()
        ? Arrays.stream(sealed.getPermittedSubclasses()).flatMap(ComponentJsonTest::kinds)
        : Stream.of(sealed);
  }

  @Test
  void writeThenRead_vgg16_equal() {
    ModelGraph graph = VggNets.vgg16(10, 8, Shape.of(3, 32, 32));
    Component component = new Component("vgg", graph, WeightRef.of("none"));

    assertThat(ComponentJson.read(ComponentJson.write(component))).isEqualTo(component);
  }

  @Test
  void read_inputOfNineDimensions_wireException() {
    ModelGraph graph =
        new GraphBuilder(Shape.of(1, 1, 1, 1, 1, 1, 1, 1, 2)).relu("r").build("g", List.of());
    byte[] json = ComponentJson.write(new Component("deep", graph, WeightRef.of("none")));

    assertThatExceptionOfType(WireException.class)
        .isThrownBy(() -> ComponentJson.read(json))
        .withMessage("a component's input has 9 dimensions, more than 8");
  }
}
