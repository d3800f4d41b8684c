package io.offloadlab.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ResNetsTest {
  private static final Shape IMAGE = Shape.of(3, 32, 32);
  private static final WeightRef WEIGHTS = WeightRef.of("backbone.safetensors");
  private static final ModelGraph RESNET18 = ResNets.resnet18(100, 64, IMAGE);

  @Test
  @DisplayName(
      "ResNet-18 for 100 classes has the published 1110.9 MFLOPs, 11.22 M parameters, 42.80 MiB")
  void resnet18_published_costs() {
    assertThat(RESNET18.flops() / 1e6).isCloseTo(1110.9, within(0.05));
    assertThat(RESNET18.parameters()).isEqualTo(11_220_132);
    assertThat(RESNET18.sizeMib()).isCloseTo(42.80, within(0.005));
  }

  @Test
  void components_resnet18_rootEightBlocksHead() {
    assertThat(RESNET18.components(WEIGHTS))
        .extracting(Component::name)
        .containsExactlyElementsOf(
            Stream.of(
                    Stream.of("root"),
                    IntStream.range(0, 8).mapToObj(i -> "block-" + i),
                    Stream.of("head"))
                .flatMap(s -> s)
                .toList());
  }

  @Test
  void components_resnet18_shapesFitTogetherFromImageToLogits() {
    List<Component> chain = RESNET18.components(WEIGHTS);

    assertThat(chain.get(0).input()).isEqualTo(IMAGE);
    for (int i = 1; i < chain.size(); i++) {
      assertThat(chain.get(i).input()).isEqualTo(chain.get(i - 1).output());
    }
    assertThat(chain)
        .extracting(Component::output)
        .containsExactly(
            Shape.of(64, 32, 32),
            Shape.of(64, 32, 32),
            Shape.of(64, 32, 32),
            Shape.of(128, 16, 16),
            Shape.of(128, 16, 16),
            Shape.of(256, 8, 8),
            Shape.of(256, 8, 8),
            Shape.of(512, 4, 4),
            Shape.of(512, 4, 4),
            Shape.of(100));
  }

  @Test
  void components_block3_namesOfItsTensorsAsInPyTorch() {
    Component block = RESNET18.components(WEIGHTS).get(3);

    assertThat(block.name()).isEqualTo("block-2");
    assertThat(block.graph().tensors())
        .containsAllEntriesOf(
            Map.of(
                "layer2.0.conv1.weight", List.of(128, 64, 3, 3),
                "layer2.0.shortcut.0.weight", List.of(128, 64, 1, 1),
                "layer2.0.shortcut.1.running_var", List.of(128)))
        .hasSize(15);
  }

  @Test
  @DisplayName("no cut goes through a shortcut: inside a block there is no cut point")
  void cutPoints_resnet18_onlyBetweenBlocks() {
    assertThat(RESNET18.cutPoints())
        .containsExactly(
            "conv1",
            "bn1",
            "relu1",
            "layer1.0.add",
            "layer1.0.relu2",
            "layer1.1.add",
            "layer1.1.relu2",
            "layer2.0.add",
            "layer2.0.relu2",
            "layer2.1.add",
            "layer2.1.relu2",
            "layer3.0.add",
            "layer3.0.relu2",
            "layer3.1.add",
            "layer3.1.relu2",
            "layer4.0.add",
            "layer4.0.relu2",
            "layer4.1.add",
            "layer4.1.relu2",
            "pool",
            "flatten",
            "linear");
  }

  @Test
  @DisplayName("ResNet-34 has 16 blocks, and for 100 classes 2 x 1159.6 M multiply-accumulates")
  void resnet34_published_costs() {
    ModelGraph resnet34 = ResNets.resnet34(100, 64, IMAGE);

    assertThat(resnet34.components(WEIGHTS)).hasSize(18);
    // The stem, 3x3 pairs of equal cost in every block but three halved first ones, their 1x1
    // shortcuts, and the head: all written out.
    long pair = 2L * 9 * 64 * 64 * 32 * 32;
    long halved = pair / 4 + pair / 2;
    long shortcut = 64L * 128 * 16 * 16;
    long macs = 27L * 64 * 32 * 32 + 13 * pair + 3 * halved + 3 * shortcut + 512 * 100;
    assertThat(resnet34.flops()).isEqualTo(2 * macs);
    assertThat(resnet34.parameters()).isEqualTo(21_328_292);
  }

  @Test
  void resnet18_width16_aSixteenthOfTheBlocksWork() {
    List<Component> small = ResNets.resnet18(100, 16, IMAGE).components(WEIGHTS);
    List<Component> full = RESNET18.components(WEIGHTS);

    for (int i = 1; i <= 8; i++) {
      assertThat(small.get(i).flops() * 16).isEqualTo(full.get(i).flops());
    }
  }

  @Test
  void build_byName_sameAsTheBuilder() {
    assertThat(NetworkFamilies.build("resnet18", 100, 64, IMAGE)).isEqualTo(RESNET18);
    assertThat(NetworkFamilies.names()).contains("resnet18", "resnet34").isSorted();
  }
}
