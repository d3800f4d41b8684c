package io.offloadlab.legodnn.blocks;

import static org.assertj.core.api.Assertions.assertThat;

import io.offloadlab.graph.GraphBuilder;
import io.offloadlab.graph.Layer;
import io.offloadlab.graph.ModelGraph;
import io.offloadlab.graph.Shape;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PruningTest {
  @Test
  void groups_residualChain_followsChannelsUntilTheAddition() {
    // given: a bottleneck, 1x1 - 3x3 - 1x1 around a shortcut
    GraphBuilder g = new GraphBuilder(Shape.of(8, 4, 4));
    g.conv("a", 8, 4, 1, 1).norm("na", 4).relu("ra");
    g.conv("b", 4, 4, 3, 1).norm("nb", 4).relu("rb");
    g.conv("c", 4, 8, 1, 1).norm("nc", 8);
    g.add("sum", "nc", ModelGraph.INPUT).relu("out");
    ModelGraph bottleneck = g.build("bottleneck", List.of());

    // when
    List<PruningGroup> groups = Pruning.groups(bottleneck);
    ModelGraph pruned = Pruning.prune(bottleneck, 0.5, PruningRule.PUBLISHED);

    // then: both inner convolutions, the middle one on both sides
    assertThat(groups)
        .containsExactly(
            new PruningGroup("a", List.of("na"), Map.of("b", 1)),
            new PruningGroup("b", List.of("nb"), Map.of("c", 1)));
    assertThat(pruned.tensors().get("b.weight")).containsExactly(2, 2, 3, 3);
    assertThat(pruned.tensors().get("c.weight")).containsExactly(8, 2, 1, 1);
    assertThat(pruned.shape(pruned.output())).isEqualTo(Shape.of(8, 4, 4));
  }

  @Test
  void prune_depthwiseConvolution_losesTheChannelsOfItsProducer() {
    // given: an inverted residual, expand - depthwise - project
    GraphBuilder g = new GraphBuilder(Shape.of(4, 4, 4));
    g.conv("expand", 4, 10, 1, 1).norm("n1", 10).relu("r1");
    g.append("depthwise", new Layer.Conv2d(10, 10, 3, 1, 1, 10, false)).norm("n2", 10);
    g.conv("project", 10, 4, 1, 1);
    ModelGraph inverted = g.build("inverted", List.of());

    ModelGraph pruned = Pruning.prune(inverted, 0.2, PruningRule.PUBLISHED);

    assertThat(pruned.tensors().get("depthwise.weight")).containsExactly(8, 1, 3, 3);
    assertThat(pruned.tensors().get("n2.running_var")).containsExactly(8);
    assertThat(pruned.tensors().get("project.weight")).containsExactly(4, 8, 1, 1);
  }

  @Test
  void prune_linearBehindFlattening_losesEveryFeatureOfAChannel() {
    GraphBuilder g = new GraphBuilder(Shape.of(3, 4, 4));
    g.conv("conv", 3, 10, 3, 1).pool("pool", 2).flatten("flat").linear("linear", 5);
    ModelGraph classifier = g.build("classifier", List.of());

    ModelGraph pruned = Pruning.prune(classifier, 0.4, PruningRule.PUBLISHED);

    // 6 channels of 2x2
    assertThat(pruned.tensors().get("linear.weight")).containsExactly(5, 24);
  }

  @Test
  void groups_channelsThatMeetOthersOrLeave_areNotPrunable() {
    // given: two branches that are added inside the block, and a last convolution
    GraphBuilder g = new GraphBuilder(Shape.of(4, 4, 4));
    g.conv("left", 4, 4, 3, 1).from(ModelGraph.INPUT).conv("right", 4, 4, 3, 1);
    g.add("sum", "left", "right").conv("last", 4, 4, 3, 1);

    assertThat(Pruning.groups(g.build("branches", List.of()))).isEmpty();
  }

  @Test
  void prune_sparsityZero_changesNothing() {
    GraphBuilder g = new GraphBuilder(Shape.of(4, 4, 4));
    g.conv("a", 4, 6, 3, 1).norm("n", 6).conv("b", 6, 4, 3, 1);
    ModelGraph block = g.build("block", List.of());

    assertThat(Pruning.prune(block, 0, PruningRule.PUBLISHED)).isEqualTo(block);
  }
}
