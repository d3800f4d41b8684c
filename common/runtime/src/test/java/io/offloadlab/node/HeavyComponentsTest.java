package io.offloadlab.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.offloadlab.graph.Component;
import io.offloadlab.graph.ModelGraph;
import io.offloadlab.graph.Shape;
import io.offloadlab.graph.VggNets;
import io.offloadlab.graph.WeightRef;
import io.offloadlab.strategy.Hop;
import io.offloadlab.strategy.NodeId;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class HeavyComponentsTest {
  private static final ModelGraph VGG = VggNets.vgg16ImageNet(1000, 64, Shape.of(3, 224, 224));
  private static final List<Component> CHAIN = VGG.components(WeightRef.of("none"));

  private static List<String> names(List<Component> components) {
    return components.stream().map(Component::name).toList();
  }

  @Test
  @DisplayName(
      "VGG-16's head of 473 MiB is a program by itself, so that every way has the same one")
  void programs_ofAStayWithAHeavyComponent_keepItApart() {
    for (int from : new int[] {0, 6, 12}) {
      List<Hop> stay = CHAIN.subList(from, 14).stream().map(c -> new Hop(c, NodeId.CLOUD)).toList();

      assertThat(Holding.programs(stay).programs())
          .containsExactlyInAnyOrder(names(CHAIN.subList(from, 13)), List.of("head"));
    }
  }

  @Test
  @DisplayName("what is measured as one program ends before it, and no pair has it")
  void measurement_ofAChainWithAHeavyComponent_leavesItOut() {
    SystemMeasurement measured = SystemMeasurement.of(CHAIN, List.of(CHAIN), 1);

    assertThat(measured.rows()).noneMatch(row -> row.contains(CHAIN.get(13)));
    assertThat(measured.rows().get(measured.rows().size() - 1)).isEqualTo(CHAIN.subList(0, 13));
    assertThat(measured.components()).contains(CHAIN.get(13));
  }
}
