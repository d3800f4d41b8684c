package io.offloadlab.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.offloadlab.graph.Component;
import io.offloadlab.graph.GraphBuilder;
import io.offloadlab.graph.Shape;
import io.offloadlab.graph.WeightRef;
import io.offloadlab.strategy.Hop;
import io.offloadlab.strategy.Inference;
import io.offloadlab.strategy.LinkSpec;
import io.offloadlab.strategy.NodeId;
import io.offloadlab.strategy.SystemView;
import io.offloadlab.strategy.SystemView.LinkView;
import io.offloadlab.strategy.SystemView.NodeView;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class LiveViewTest {
  private static final NodeId EDGE = NodeId.edge(1);
  private static final SystemView MEASURED =
      new SystemView(
          2,
          List.of(
              new NodeView("cloud", 1e9, 2, 1L << 30, Map.of("root", 0.1, "head", 0.3)),
              new NodeView("edge", 1e9, 2, 1L << 30, Map.of("root", 0.1, "head", 0.3))),
          List.of(new LinkView(1e6, 2e6, 0.01)));

  private final LiveView live = new LiveView(MEASURED);

  private SystemView now() {
    return live.snapshot(node -> true);
  }

  @Test
  void snapshot_beforeAnythingRan_isWhatWasMeasured() {
    assertThat(now()).isEqualTo(MEASURED);
  }

  private static List<Hop> hops(String... components) {
    return Stream.of(components)
        .map(
            name ->
                new Component(
                    name,
                    new GraphBuilder(Shape.of(2)).linear("l", 2).build(name, List.of()),
                    WeightRef.of("none")))
        .map(c -> new Hop(c, EDGE))
        .toList();
  }

  @Test
  void ran_asOneProgram_isExpectedToTakeLessAndMovesEachOfItsComponents() {
    // given a joint that saves 0.04 s, so that root and head take 0.36 s together
    live.measured(
        new SystemView(
            2,
            MEASURED.nodes().stream()
                .map(n -> n.with(new Inference(Map.of(8L, 0.04), List.of(), Map.of())))
                .toList(),
            MEASURED.links()));

    // when they take half as long again
    for (int i = 0; i < Recent.ENOUGH; i++) {
      live.ran(hops("root", "head"), 0.54, 2);
    }

    // then the view and the experience say so of all that was measured
    for (SystemView view : List.of(now(), live.experienced())) {
      assertThat(view.node(EDGE).componentSeconds().get("root")).isCloseTo(0.15, within(1e-12));
      assertThat(view.node(EDGE).componentSeconds().get("head")).isCloseTo(0.45, within(1e-12));
      assertThat(view.node(EDGE).inference().joints().get(8L)).isCloseTo(0.06, within(1e-12));
    }
  }

  private void ran(int times, String component, double took, int batch) {
    for (int i = 0; i < times; i++) {
      live.ran(hops(component), took, batch);
    }
  }

  @Test
  void ran_twiceAsSlowAsMeasured_slowsEveryComponentOfThatNodeAndNoOther() {
    ran(Recent.ENOUGH, "root", 0.1, 1);

    assertThat(now().node(EDGE).componentSeconds().get("root")).isCloseTo(0.2, within(1e-12));
    assertThat(now().node(EDGE).componentSeconds().get("head")).isCloseTo(0.6, within(1e-12));
    assertThat(now().node(EDGE).flopsPerSecond()).isCloseTo(0.5e9, within(1.0));
    assertThat(now().node(NodeId.CLOUD)).isEqualTo(MEASURED.node(NodeId.CLOUD));
  }

  @Test
  void ran_onceAmongManyDisturbed_changesNothing() {
    ran(Recent.ENOUGH, "root", 0.1, 2);

    ran(1, "root", 50, 2);

    assertThat(now()).isEqualTo(MEASURED);
  }

  @Test
  void ran_tooFewTimes_changesNothing() {
    ran(Recent.ENOUGH - 1, "root", 9, 2);

    assertThat(now()).isEqualTo(MEASURED);
  }

  @Test
  void ran_fastAgainForLong_forgetsTheSlowTime() {
    ran(Recent.KEPT, "head", 3, 2);

    ran(Recent.KEPT, "head", 0.3, 2);

    assertThat(now()).isEqualTo(MEASURED);
  }

  @Test
  void ran_ofAComponentThatWasNotMeasured_changesNothing() {
    ran(Recent.KEPT, "exit-5", 1, 2);

    assertThat(now()).isEqualTo(MEASURED);
  }

  @Test
  void transferred_repeatedly_convergesToTheRateThatTasksGet() {
    for (int i = 0; i < 200; i++) {
      live.transferred(EDGE, true, 100_000, 0.005 + 0.05);
    }

    assertThat(now().link(EDGE).upBytesPerSecond()).isCloseTo(2e6, within(1.0));
    assertThat(now().link(EDGE).downBytesPerSecond()).isEqualTo(2e6);
  }

  @Test
  void transferred_ofAFewBytes_saysNothingOfTheBandwidth() {
    for (int i = 0; i < Recent.KEPT; i++) {
      live.transferred(EDGE, false, 40, 0.2);
    }

    assertThat(now()).isEqualTo(MEASURED);
  }

  @Test
  void pinged_repeatedly_movesTheRoundTrip() {
    for (int i = 0; i < Recent.ENOUGH; i++) {
      live.pinged(EDGE, 0.02);
    }

    assertThat(now().link(EDGE).rttSeconds()).isCloseTo(0.02, within(1e-12));
  }

  @Test
  void snapshot_nodeThatIsGone_isUnavailableAndNobodyIsRenumbered() {
    SystemView view = live.snapshot(NodeId::isCloud);

    assertThat(view).isEqualTo(now().without(EDGE));
    assertThat(view.node(EDGE).available()).isFalse();
    assertThat(view.nodeIds()).containsExactly(NodeId.CLOUD, EDGE);
  }

  @Test
  void frozen_isMovedByNothing() {
    live.freeze(MEASURED);

    for (int i = 0; i < Recent.KEPT; i++) {
      live.ran(hops("root"), 9, 2);
      live.transferred(EDGE, true, 100_000, 9);
      live.pinged(EDGE, 9);
    }

    assertThat(live.snapshot(node -> true)).isEqualTo(MEASURED);
  }

  @Test
  void experienced_componentsThatRan_haveTheirMeansAndTheOthersFollow() {
    // given a mean of 0.2 where 0.1 was measured for a batch of two
    ran(Recent.ENOUGH, "root", 0.05, 1);
    ran(Recent.ENOUGH, "root", 0.3, 2);

    SystemView experienced = live.experienced();

    assertThat(experienced.node(EDGE).componentSeconds().get("root")).isCloseTo(0.2, within(1e-12));
    assertThat(experienced.node(EDGE).componentSeconds().get("head")).isCloseTo(0.6, within(1e-12));
    assertThat(experienced.node(NodeId.CLOUD)).isEqualTo(MEASURED.node(NodeId.CLOUD));
  }

  @Test
  void experienced_frozenView_isToldAllTheSame() {
    live.freeze(MEASURED);

    ran(Recent.ENOUGH, "root", 0.4, 2);

    assertThat(now()).isEqualTo(MEASURED);
    assertThat(live.experienced().node(EDGE).componentSeconds().get("root"))
        .isCloseTo(0.4, within(1e-12));
  }

  @Test
  void experienced_afterForgetting_isWhatWasMeasured() {
    ran(Recent.ENOUGH, "root", 0.4, 2);

    live.forgetExperience();

    assertThat(live.experienced()).isEqualTo(MEASURED);
  }

  @Test
  void emulated_anotherLink_isSeenAtOnceAndForgetsWhatTasksSawBefore() {
    // given: tasks that saw half of the rate
    for (int i = 0; i < Recent.ENOUGH; i++) {
      live.transferred(EDGE, true, 1_000_000, 2.005);
    }
    assertThat(now().link(EDGE).upBytesPerSecond()).isCloseTo(0.5e6, within(1.0));

    // when
    live.emulated(EDGE, new LinkSpec(1e6, 2e6, 0.01), new LinkSpec(1e5, 2e5, 0.03));

    // then
    LinkView link = now().link(EDGE);
    assertThat(link.upBytesPerSecond()).isCloseTo(1e5, within(1e-6));
    assertThat(link.downBytesPerSecond()).isCloseTo(2e5, within(1e-6));
    assertThat(link.rttSeconds()).isCloseTo(0.03, within(1e-12));
  }

  @Test
  void emulated_frozenView_followsWhatIsEmulated() {
    live.freeze(MEASURED);

    live.emulated(EDGE, new LinkSpec(1e6, 2e6, 0.01), new LinkSpec(1e5, 2e6, 0.01));

    assertThat(now().link(EDGE).upBytesPerSecond()).isCloseTo(1e5, within(1e-6));
    assertThat(now().nodes()).isEqualTo(MEASURED.nodes());
  }
}
