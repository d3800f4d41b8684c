package io.offloadlab.graph;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class MobileNetsTest {
  @Test
  @DisplayName("at width 1.0 it has the parameters of the published network with ten classes")
  void mobilenetV2_widthOne_publishedParameters() {
    ModelGraph g = MobileNets.mobilenetV2(10, 32, Shape.of(3, 32, 32));

    // torchvision's mobilenet_v2(num_classes=10): the strides change no parameter.
    assertThat(g.parameters()).isEqualTo(2_236_682);
    assertThat(g.shape("layers.16.bn3")).isEqualTo(Shape.of(320, 4, 4));
    assertThat(g.stages()).hasSize(19);
  }

  @Test
  void publishedWidth_everyNetwork_itsFirstLayersChannels() {
    assertThat(Networks.publishedWidth("mobilenetv2")).isEqualTo(32);
    assertThat(Networks.publishedWidth("resnet18")).isEqualTo(64);
    assertThat(Networks.publishedWidth("resnet34")).isEqualTo(64);
  }

  @Test
  void mobilenetV2_smallWidthGreyImages_classesOut() {
    ModelGraph g = MobileNets.mobilenetV2(7, 8, Shape.of(1, 32, 32));

    assertThat(g.shape(g.output())).isEqualTo(Shape.of(7));
  }
}
