package io.offloadlab.bench.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.offloadlab.failure.RunFailure;
import io.offloadlab.graph.Component;
import io.offloadlab.graph.WeightRef;
import io.offloadlab.strategy.NodeId;
import io.offloadlab.strategy.Route;
import java.util.List;
import org.junit.jupiter.api.Test;

class EntrantsTest {
  private static Entrant entrant(String name, List<Component> chain) {
    return new Entrant(name, FakeNetworks.always(Route.onOneNode(chain, NodeId.CLOUD)));
  }

  @Test
  void components_thatSeveralUse_areThereOnce() {
    Entrants entrants =
        new Entrants(
            List.of(entrant("one", FakeNetworks.CHAIN), entrant("two", FakeNetworks.CHAIN)));

    assertThat(entrants.components()).isEqualTo(FakeNetworks.CHAIN);
  }

  @Test
  void components_thatDifferUnderOneName_areRefused() {
    List<Component> retrained =
        FakeNetworks.CHAIN.stream()
            .map(c -> new Component(c.name(), c.graph(), WeightRef.of("retrained.safetensors")))
            .toList();
    Entrants entrants =
        new Entrants(List.of(entrant("one", FakeNetworks.CHAIN), entrant("two", retrained)));

    assertThatThrownBy(entrants::components)
        .isInstanceOf(RunFailure.class)
        .hasMessageContaining("one, two cannot run side by side: two different components are")
        .hasMessageContaining("retrained.safetensors");
  }
}
