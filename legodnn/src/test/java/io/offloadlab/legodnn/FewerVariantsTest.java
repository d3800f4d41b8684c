package io.offloadlab.legodnn;

import static io.offloadlab.legodnn.Scenarios.MODEL;
import static io.offloadlab.legodnn.Scenarios.published;
import static io.offloadlab.legodnn.Scenarios.task;
import static io.offloadlab.legodnn.Scenarios.view;
import static org.assertj.core.api.Assertions.assertThat;

import io.offloadlab.graph.Component;
import io.offloadlab.graph.Layer;
import io.offloadlab.models.ModelProfile;
import io.offloadlab.models.ModelProfile.Block;
import io.offloadlab.models.ModelProfile.Combination;
import io.offloadlab.models.ModelProfile.Combinations;
import io.offloadlab.strategy.NodeId;
import io.offloadlab.strategy.OffloadStrategy;
import io.offloadlab.strategy.Route;
import io.offloadlab.strategy.StrategyContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A model whose blocks have none to four pruned variants, in multiples of 16 filters. */
class FewerVariantsTest {
  /** Of block 0, 1 and so on; the last ones are repeated. */
  private static final List<List<Double>> SPARSITIES =
      List.of(
          List.of(0.0),
          List.of(0.0, 0.6),
          List.of(0.0, 0.4, 0.8),
          List.of(0.0, 0.4, 0.6, 0.8),
          List.of(0.0, 0.2, 0.4, 0.6, 0.8));

  private static List<Double> sparsities(int block) {
    return SPARSITIES.get(Math.min(block, SPARSITIES.size() - 1));
  }

  /** The shipped profile without the variants, and the networks, that are not there. */
  private static ModelProfile profile() {
    ModelProfile shipped = MODEL.profile();
    List<Block> blocks = new ArrayList<>();
    for (int b = 0; b < shipped.blocks().size(); b++) {
      List<Double> there = sparsities(b);
      Block block = shipped.blocks().get(b);
      blocks.add(
          new Block(
              block.name(),
              block.variants().stream().filter(v -> there.contains(v.sparsity())).toList()));
    }
    List<Combination> measured =
        shipped.combinations().measured().stream().filter(c -> isThere(c.sparsities())).toList();
    return new ModelProfile(
        shipped.dataset(),
        shipped.imagesTest(),
        shipped.measuredOn(),
        shipped.measured(),
        shipped.exits(),
        null,
        blocks,
        new Combinations(shipped.combinations().images(), measured),
        16);
  }

  private static boolean isThere(List<Double> network) {
    return IntStream.range(0, network.size()).allMatch(b -> sparsities(b).contains(network.get(b)));
  }

  private static OffloadStrategy create(double accuracy, String predictor) {
    return new LegoDnnProvider()
        .create(
            new StrategyContext(
                MODEL.network(),
                profile(),
                published(accuracy),
                Map.of("legodnn.predictor", predictor, "legodnn.margin", "0")));
  }

  @Test
  @DisplayName(
      "what can run is what was measured, and its filters are counted by the profile's rule")
  void components_fewerVariants_thoseOfTheProfileInItsMultiples() {
    List<Component> components = create(.77, "additive").components();

    assertThat(components)
        .extracting(Component::name)
        .contains("block-0", "block-1@0.6", "block-2@0.4", "block-2@0.8", "block-7@0.2")
        .doesNotContain("block-0@0.2", "block-1@0.2", "block-1@0.8", "block-2@0.2", "block-2@0.6");
    assertThat(components)
        .filteredOn(c -> c.name().contains("@"))
        .hasSize(1 + 2 + 3 + 4 * 4)
        .allSatisfy(
            c ->
                assertThat(c.graph().vertices())
                    .extracting(v -> v.layer())
                    .filteredOn(l -> l instanceof Layer.Conv2d)
                    .allMatch(l -> ((Layer.Conv2d) l).out() % 16 == 0));
  }

  @ParameterizedTest
  @CsvSource({"0.77, additive", "0.9, additive", "0.77, multiplicative", "0.9, multiplicative"})
  void route_fewerVariants_meetsThresholdAndMemory(double accuracy, String predictor) {
    OffloadStrategy strategy = create(accuracy, predictor);

    Route route = strategy.route(task(NodeId.CLOUD), view(50, 50, 50, 500, 500));

    assertThat(strategy.components()).containsAll(route.components());
    assertThat(strategy.expectedAccuracy(route)).isGreaterThanOrEqualTo(accuracy - 1e-8);
    assertThat(published(accuracy).fitsMemory(route)).isTrue();
    assertThat(route.components()).extracting(Component::name).anyMatch(name -> name.contains("@"));
  }
}
