package io.offloadlab.legodnn.blocks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.offloadlab.graph.Component;
import io.offloadlab.graph.GraphBuilder;
import io.offloadlab.graph.Layer;
import io.offloadlab.graph.MobileNets;
import io.offloadlab.graph.ModelGraph;
import io.offloadlab.graph.ResNets;
import io.offloadlab.graph.Shape;
import io.offloadlab.graph.VggNets;
import io.offloadlab.graph.WeightRef;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BlockDetectionTest {
  private static final ModelGraph RESNET18 = ResNets.resnet18(10, 64, Shape.of(3, 32, 32));

  @ParameterizedTest
  @ValueSource(doubles = {0.2, 0.4, 1.0})
  void detect_resnet18_findsItsBasicBlocksAndSharesItsComponents(double ratio) {
    LegoChain chain = BlockDetection.detect(RESNET18, ratio);

    assertThat(chain.pieces())
        .extracting(p -> new Component(p.name(), p.graph(), WeightRef.of("w")))
        .isEqualTo(RESNET18.components(WeightRef.of("w")));
    assertThat(names(chain.blocks()))
        .containsExactly(
            "block-0", "block-1", "block-2", "block-3", "block-4", "block-5", "block-6", "block-7");
  }

  @Test
  void detect_atMostTwoConvolutions_leavesBlocksWithAShortcutConvolutionAlone() {
    LegoChain chain = BlockDetection.detect(RESNET18, 0.1);

    assertThat(names(chain.blocks()))
        .containsExactly("block-0", "block-1", "block-3", "block-5", "block-7");
    assertThat(chain.pieces())
        .extracting(p -> new Component(p.name(), p.graph(), WeightRef.of("w")))
        .isEqualTo(RESNET18.components(WeightRef.of("w")));
  }

  @Test
  void detect_resnet34_findsItsSixteenBasicBlocks() {
    ModelGraph resnet34 = ResNets.resnet34(100, 16, Shape.of(3, 32, 32));

    assertThat(BlockDetection.detect(resnet34, 0.2).blocks()).hasSize(16);
  }

  @Test
  @DisplayName(
      "MobileNetV2's blocks are its inverted residuals; the first, without expansion, has the stem")
  void detect_mobilenetV2_findsItsInvertedResiduals() {
    ModelGraph mobile = MobileNets.mobilenetV2(10, 8, Shape.of(1, 32, 32));

    LegoChain chain = BlockDetection.detect(mobile, 0.2);

    assertThat(chain.blocks()).hasSize(17);
    assertThat(Pruning.groups(chain.blocks().get(0).graph()))
        .singleElement()
        .satisfies(g -> assertThat(g.convolution()).isEqualTo("conv1"))
        .satisfies(g -> assertThat(g.consumers()).containsOnlyKeys("layers.0.conv3"));
    assertThat(chain.blocks().subList(1, 17))
        .allSatisfy(
            block -> {
              String path = block.graph().output().replaceFirst("\\.[^.]+$", "");
              assertThat(Pruning.groups(block.graph()))
                  .singleElement()
                  .satisfies(
                      g -> {
                        assertThat(g.convolution()).isEqualTo(path + ".conv1");
                        assertThat(g.carried()).contains(path + ".conv2");
                        assertThat(g.consumers()).containsOnlyKeys(path + ".conv3");
                      });
            });
    assertThat(mobile.flops())
        .isEqualTo(chain.pieces().stream().mapToLong(p -> p.graph().flops()).sum());
  }

  @Test
  @DisplayName("VGG-16's blocks are pairs of convolutions, each with the pooling behind it")
  void detect_vgg16_findsPairsOfConvolutions() {
    ModelGraph vgg = VggNets.vgg16(10, 8, Shape.of(3, 32, 32));

    LegoChain chain = BlockDetection.detect(vgg, 0.2);

    assertThat(chain.pieces())
        .extracting(p -> p.name() + " " + p.graph().output())
        .containsExactly(
            "block-0 features.6",
            "block-1 features.13",
            "block-2 features.19",
            "block-3 features.26",
            "block-4 features.33",
            "block-5 features.39",
            "conv-13 features.43",
            "head classifier");
    assertThat(names(chain.blocks()))
        .containsExactly("block-0", "block-1", "block-2", "block-3", "block-4", "block-5");
    assertThat(Pruning.groups(chain.blocks().get(3).graph()))
        .as("channels are followed through the pooling between the two")
        .singleElement()
        .satisfies(g -> assertThat(g.convolution()).isEqualTo("features.20"))
        .satisfies(g -> assertThat(g.consumers()).containsOnlyKeys("features.24"));
    assertThat(vgg.flops())
        .isEqualTo(chain.pieces().stream().mapToLong(p -> p.graph().flops()).sum());
  }

  @Test
  void prune_vgg16sBlockWithAPoolingInside_sameShapeAndFewerFilters() {
    ModelGraph vgg = VggNets.vgg16(10, 8, Shape.of(3, 32, 32));
    ModelGraph block = BlockDetection.detect(vgg, 0.2).blocks().get(3).graph();

    ModelGraph pruned = Pruning.prune(block, 0.8, PruningRule.PUBLISHED);

    assertThat(pruned.shape(pruned.output())).isEqualTo(block.shape(block.output()));
    assertThat(pruned.vertex("features.20").layer())
        .isEqualTo(new Layer.Conv2d(32, 7, 3, 1, 1, 1, true));
    assertThat(pruned.vertex("features.24").layer())
        .isEqualTo(new Layer.Conv2d(7, 64, 3, 1, 1, 1, true));
  }

  @Test
  void detect_plainChain_pairsConvolutionsWithTheirNormsAndActivations() {
    // given: five convolutions in a row and a classifier
    GraphBuilder g = new GraphBuilder(Shape.of(3, 8, 8));
    for (int i = 1; i <= 5; i++) {
      g.conv("conv" + i, i == 1 ? 3 : 6, 6, 3, 1).norm("bn" + i, 6).relu("relu" + i);
    }
    g.pool("pool", 4).flatten("flatten").linear("linear", 2);
    ModelGraph plain = g.build("plain", List.of());

    // when
    LegoChain chain = BlockDetection.detect(plain, 0.4);

    // then
    assertThat(chain.pieces())
        .extracting(p -> p.name() + " " + p.graph().output())
        .containsExactly("block-0 relu2", "block-1 relu4", "head linear");
    assertThat(plain.flops())
        .isEqualTo(chain.pieces().stream().mapToLong(p -> p.graph().flops()).sum());
  }

  @Test
  void detect_ratioOutOfRange_isRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> BlockDetection.detect(RESNET18, 0))
        .withMessageContaining("0.0");
  }

  private static List<String> names(List<LegoChain.Piece> pieces) {
    return pieces.stream().map(LegoChain.Piece::name).toList();
  }
}
