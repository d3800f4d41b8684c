package io.offloadlab.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.offloadlab.failure.UsageError;
import io.offloadlab.strategy.Arrivals;
import io.offloadlab.strategy.LinkSpec;
import io.offloadlab.strategy.NodeId;
import io.offloadlab.strategy.Scenario;
import io.offloadlab.strategy.Scenario.NodeSpec;
import io.offloadlab.strategy.SystemView;
import io.offloadlab.strategy.SystemView.LinkView;
import io.offloadlab.strategy.SystemView.NodeView;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ReemulationTest {
  private static final LinkSpec SLOW = new LinkSpec(1e6, 2e6, 0.05);

  /** Rates of the machine itself are 100 MB/s, round trips 1 ms: on a link of 10 MB/s and 20 ms. */
  private static final SystemView ON_TEN =
      new SystemView(
          1,
          List.of(node("cloud", 0.010), node("edge-1", 0.040)),
          List.of(new LinkView(1 / (1 / 1e8 + 1 / 1e7), 1 / (1 / 1e8 + 1 / 1e7), 0.021)));

  private static final Emulation TEN =
      new Emulation(List.of(1.0, 0.5), List.of(new LinkSpec(1e7, 1e7, 0.02)));

  private static NodeView node(String name, double seconds) {
    return new NodeView(name, 1e9, 2, 1 << 30, Map.of("c", seconds));
  }

  private static Scenario scenario(LinkSpec link, double... edgeSpeeds) {
    List<NodeSpec> nodes = new java.util.ArrayList<>(List.of(new NodeSpec(1, 1)));
    List<LinkSpec> links = new java.util.ArrayList<>();
    for (double speed : edgeSpeeds) {
      nodes.add(new NodeSpec(speed, 1));
      links.add(link);
    }
    return new Scenario("s", true, nodes, links, new Arrivals.Sequential(), 1, 0, 1);
  }

  private static SystemView in(MeasuredView measured, Scenario scenario, boolean asked) {
    return new Reemulation("v.json", measured).in(scenario, asked);
  }

  @Test
  void in_sameEmulation_isWhatWasMeasured() {
    SystemView same =
        in(new MeasuredView(ON_TEN, TEN), scenario(new LinkSpec(1e7, 1e7, 0.02), 0.5), true);

    assertThat(same).isEqualTo(ON_TEN);
  }

  @Test
  void in_slowerLink_secondsPerByteAndRoundTripsAddUp() {
    SystemView view = in(new MeasuredView(ON_TEN, TEN), scenario(SLOW, 0.5), true);

    LinkView link = view.links().get(0);
    assertThat(1 / link.upBytesPerSecond()).isCloseTo(1 / 1e6 + 1 / 1e8, within(1e-12));
    assertThat(1 / link.downBytesPerSecond()).isCloseTo(1 / 2e6 + 1 / 1e8, within(1e-12));
    assertThat(link.rttSeconds()).isCloseTo(0.051, within(1e-9));
  }

  @Test
  void in_slowerEdge_timesAreStretchedAndSpeedShrinks() {
    SystemView view = in(new MeasuredView(ON_TEN, TEN), scenario(SLOW, 0.125), true);

    NodeView edge = view.node(NodeId.edge(1));
    assertThat(edge.componentSeconds().get("c")).isCloseTo(0.160, within(1e-9));
    assertThat(edge.flopsPerSecond()).isCloseTo(0.25e9, within(1.0));
    assertThat(view.node(NodeId.CLOUD)).isEqualTo(ON_TEN.node(NodeId.CLOUD));
  }

  @Test
  void in_moreEdges_areThoseMeasuredEachAtItsOwnSpeed() {
    SystemView view = in(new MeasuredView(ON_TEN, TEN), scenario(SLOW, 1, 0.25, 0.5), true);

    assertThat(view.nodes().stream().skip(1).map(n -> n.componentSeconds().get("c")))
        .containsExactly(0.020, 0.080, 0.040);
  }

  @Test
  void in_unshapedLinkFromASlowOne_cannotBeKnown() {
    assertThatThrownBy(
            () -> in(new MeasuredView(ON_TEN, TEN), scenario(LinkSpec.UNSHAPED, 0.5), true))
        .isInstanceOf(UsageError.class)
        .hasMessageContaining(
            "v.json was measured on links of 80.00Mbit, which says nothing of links that are not emulated")
        .hasMessageContaining("measure it on links that are faster");
  }

  @Test
  void in_fileThatDoesNotSayAndNothingAsked_isTakenAsItIs() {
    MeasuredView unknown = new MeasuredView(ON_TEN, Optional.empty());

    assertThat(in(unknown, scenario(SLOW, 0.5), false)).isEqualTo(ON_TEN);
  }

  @Test
  void in_fileThatDoesNotSayOnSlowLinks_isRefusedWhenLinksAreAsked() {
    MeasuredView unknown = new MeasuredView(ON_TEN, Optional.empty());

    assertThatThrownBy(() -> in(unknown, scenario(SLOW, 0.5), true))
        .isInstanceOf(UsageError.class)
        .hasMessageContaining("does not say what it was measured under");
  }

  @Test
  void in_fileThatDoesNotSayOnLinksAsTheyAre_isTakenAsMeasuredOnThem() {
    SystemView fast = new SystemView(1, ON_TEN.nodes(), List.of(new LinkView(5e8, 5e8, 0.001)));
    MeasuredView unknown = new MeasuredView(fast, Optional.empty());

    SystemView view = in(unknown, scenario(SLOW, 0.25), true);

    assertThat(view.node(NodeId.edge(1)).componentSeconds().get("c")).isEqualTo(0.160);
    assertThat(1 / view.links().get(0).upBytesPerSecond())
        .isCloseTo(1 / 1e6 + 1 / 5e8, within(1e-12));
    assertThat(new Reemulation("v.json", unknown).remarks(scenario(SLOW, 0.25), true))
        .singleElement()
        .asString()
        .contains("v.json does not say what it was measured under");
  }

  @Test
  void remarks_otherBatch_sayThatTimesAreInProportion() {
    SystemView of32 = new SystemView(32, ON_TEN.nodes(), ON_TEN.links());

    assertThat(
            new Reemulation("v.json", new MeasuredView(of32, TEN))
                .remarks(scenario(SLOW, 0.5), true))
        .containsExactly(
            "system view v.json was measured with 32 image(s) per task and tasks have 1: compute times are taken in proportion");
  }
}
