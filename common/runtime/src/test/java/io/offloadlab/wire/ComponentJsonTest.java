package io.offloadlab.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.offloadlab.graph.Component;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ComponentJsonTest {
  @Test
  void everyComponentOfAResNet_writtenAndRead_isTheSame() {
    for (Component component : Samples.components()) {
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
}
