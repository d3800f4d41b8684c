package io.offloadlab.graph;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class VggNetsTest {
  private static final Shape IMAGE = Shape.of(3, 32, 32);
  private static final ModelGraph VGG16 = VggNets.vgg16(10, 64, IMAGE);

  /** Channels of the convolutions, and the side of the maps that each computes. */
  private static final int[][] CONVOLUTIONS = {
    {3, 64, 32},
    {64, 64, 32},
    {64, 128, 16},
    {128, 128, 16},
    {128, 256, 8},
    {256, 256, 8},
    {256, 256, 8},
    {256, 512, 4},
    {512, 512, 4},
    {512, 512, 4},
    {512, 512, 2},
    {512, 512, 2},
    {512, 512, 2}
  };

  @Test
  @DisplayName("14,728,266 parameters, as the common PyTorch form of it reports for CIFAR-10")
  void parameters_tenClasses_asPublished() {
    assertThat(VGG16.parameters()).isEqualTo(14_728_266);
  }

  @Test
  void flops_tenClasses_asCountedByHand() {
    long macs = 512 * 10;
    for (int[] c : CONVOLUTIONS) {
      macs += 9L * c[0] * c[1] * c[2] * c[2];
    }

    assertThat(macs).isEqualTo(313_201_664);
    assertThat(VGG16.flops()).isEqualTo(2 * macs);
  }

  @Test
  @DisplayName("a component for every convolution, which ends behind its pooling, and a head")
  void components_oneForEveryConvolution() {
    List<Component> chain = VGG16.components(WeightRef.of("none"));

    assertThat(chain).hasSize(14);
    assertThat(chain).extracting(Component::name).startsWith("root", "conv-2", "conv-3");
    assertThat(chain.get(0).output()).isEqualTo(Shape.of(64, 32, 32));
    assertThat(chain.get(1).output()).isEqualTo(Shape.of(64, 16, 16));
    assertThat(chain.get(12).output()).isEqualTo(Shape.of(512, 1, 1));
    assertThat(chain.get(13).name()).isEqualTo("head");
    assertThat(chain.get(13).output()).isEqualTo(Shape.of(10));
    assertThat(chain.stream().mapToLong(Component::flops).sum()).isEqualTo(VGG16.flops());
  }

  @Test
  @DisplayName("after every layer but the last the network can be cut")
  void cutPoints_aChain_everyVertex() {
    assertThat(VGG16.cutPoints()).hasSize(VGG16.vertices().size());
  }

  @Test
  void vgg16_eighthOfTheWidth_channelsScaleWithIt() {
    ModelGraph small = VggNets.vgg16(100, 8, Shape.of(1, 32, 32));

    assertThat(small.shape("features.43")).isEqualTo(Shape.of(64, 1, 1));
    assertThat(small.shape(small.output())).isEqualTo(Shape.of(100));
    assertThat(small.tensors()).containsEntry("features.0.weight", List.of(8, 1, 3, 3));
  }

  @Test
  @DisplayName("138,357,544 parameters, as torchvision reports for vgg16")
  void vgg16ImageNet_fullWidth_parametersAsPublished() {
    ModelGraph network = VggNets.vgg16ImageNet(1000, 64, Shape.of(3, 224, 224));

    assertThat(network.parameters()).isEqualTo(138_357_544);
  }

  @Test
  void vgg16ImageNet_fullWidth_flopsAsCountedByHand() {
    ModelGraph network = VggNets.vgg16ImageNet(1000, 64, Shape.of(3, 224, 224));

    // Sides are seven times those of 32x32 images.
    long macs = 512L * 7 * 7 * 4096 + 4096L * 4096 + 4096L * 1000;
    for (int[] c : CONVOLUTIONS) {
      long side = 7L * c[2];
      macs += 9L * c[0] * c[1] * side * side;
    }
    assertThat(macs).isEqualTo(15_470_264_320L);
    assertThat(network.flops()).isEqualTo(2 * macs);
  }

  @Test
  @DisplayName(
      "what leaves the convolutions is a sixth of the image, and the head gives the classes")
  void vgg16ImageNet_components_convolutionsAndAHead() {
    List<Component> chain =
        VggNets.vgg16ImageNet(1000, 64, Shape.of(3, 224, 224)).components(WeightRef.of("none"));

    assertThat(chain).hasSize(14);
    assertThat(chain.get(12).output()).isEqualTo(Shape.of(512, 7, 7));
    assertThat(chain.get(13).name()).isEqualTo("head");
    assertThat(chain.get(13).output()).isEqualTo(Shape.of(1000));
    assertThat(chain.get(0).input().bytes()).isEqualTo(6 * chain.get(12).output().bytes());
  }
}
