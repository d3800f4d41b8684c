package io.offloadlab.branchynet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.offloadlab.graph.Component;
import io.offloadlab.graph.ModelGraph;
import io.offloadlab.graph.ResNets;
import io.offloadlab.graph.Shape;
import io.offloadlab.graph.VggNets;
import io.offloadlab.models.ModelDirectory;
import io.offloadlab.models.ModelShelf;
import io.offloadlab.weights.ComponentWeights;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BranchyNetTest {
  private static final Shape IMAGE = Shape.of(3, 32, 32);
  private static final ModelGraph RESNET18 = ResNets.resnet18(100, 64, IMAGE);

  private static final List<String> EXITS_BY_COST = List.of("exit-3", "exit-5", "exit-7");

  private final BranchyNet net = new BranchyNet(RESNET18);

  @Test
  void chain_endsAtTheExitsAfterRootAndSecondLayer() {
    assertThat(net.chain("exit-3")).hasToString("[root, exit-3]");
    assertThat(net.chain("exit-5"))
        .hasToString("[root, block-0, block-1, block-2, block-3, exit-5]");
    assertThat(net.chain("exit-7")).hasSize(10).last().hasToString("head");
  }

  @Test
  void chain_resnet34_exit5FollowsTheSecondLayerWhereverItEnds() {
    BranchyNet deeper = new BranchyNet(ResNets.resnet34(10, 64, IMAGE));

    assertThat(deeper.chain("exit-5")).hasSize(9).element(7).hasToString("block-6");
  }

  @Test
  void chain_vgg16_exitsAfterTheFirstConvolutionAndTheLastThatGivesMapsOfHalfTheSide() {
    BranchyNet vgg = new BranchyNet(VggNets.vgg16(10, 64, IMAGE));

    assertThat(vgg.chain("exit-3")).hasToString("[root, exit-3]");
    assertThat(vgg.chain("exit-5")).hasToString("[root, conv-2, conv-3, exit-5]");
    assertThat(vgg.chain("exit-5").get(3).input()).isEqualTo(Shape.of(128, 16, 16));
    assertThat(vgg.chain("exit-7")).hasSize(14).last().hasToString("head");
    assertThat(EXITS_BY_COST.stream().map(vgg::flopsThrough)).isSorted();
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 10, 100})
  void chain_everyExitGivesAsManyScoresAsThereAreClasses(int classes) {
    BranchyNet any = new BranchyNet(ResNets.resnet18(classes, 16, IMAGE));

    for (String exit : BranchyNet.EXITS) {
      assertThat(any.chain(exit).get(any.chain(exit).size() - 1).output())
          .isEqualTo(Shape.of(classes));
    }
  }

  /** Convolutions: 2 x MACs by hand; a 3x3 over 64x32x32 has 64*64*9*1024 MACs. */
  @Test
  void exit3_costsTwoConvolutionsAndALinearLayer() {
    Component exit = net.chain("exit-3").get(1);

    assertThat(exit.flops()).isEqualTo(2L * (2L * 64 * 64 * 9 * 1024 + 4096 * 100));
    assertThat(exit.parameters()).isEqualTo(2L * 64 * 64 * 9 + 2 * 2 * 64 + 4096 * 100 + 100);
  }

  @Test
  void flopsThrough_aLateExitPaysForTheBranchesItPassed() {
    long branches = net.chain("exit-3").get(1).flops() + net.chain("exit-5").get(5).flops();

    assertThat(net.flopsThrough("exit-7")).isEqualTo(RESNET18.flops() + branches);
    assertThat(net.flopsThrough("exit-3"))
        .isEqualTo(net.chain("exit-3").stream().mapToLong(Component::flops).sum());
  }

  @Test
  void components_findAllTheirWeightsInTheShippedModel() {
    ModelDirectory model = ModelShelf.find().model("cifar10");
    BranchyNet shipped = new BranchyNet(model.network());

    for (Component c : shipped.components()) {
      ComponentWeights.read(model.path(), c).requireFor(c);
    }
  }

  @Test
  void chain_unknownExit_namesThoseThatThereAre() {
    assertThatThrownBy(() -> net.chain("exit-4"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("exit-4")
        .hasMessageContaining("exit-3");
  }
}
