package io.offloadlab.strategy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.offloadlab.graph.Component;
import io.offloadlab.graph.GraphBuilder;
import io.offloadlab.graph.Shape;
import io.offloadlab.graph.WeightRef;
import io.offloadlab.strategy.SystemView.LinkView;
import io.offloadlab.strategy.SystemView.NodeView;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What components take that run together, in hundredths of a second for a batch of two. */
class LatencyModelTest {
  private static final NodeId EDGE = NodeId.edge(1);
  private static final int BATCH = 2;
  private static final Component A = component("a");
  private static final Component B = component("b");
  private static final Component C = component("c");

  private static Component component(String name) {
    return new Component(
        name,
        new GraphBuilder(Shape.of(4)).linear("l", 4).build(name, List.of()),
        WeightRef.of("none"));
  }

  /**
   * a, b and c take 10, 20 and 30 by themselves; each joint saves 4 on the edge, 1 on the cloud.
   */
  private final LatencyModel model =
      new LatencyModel(
          new SystemView(
              BATCH,
              List.of(node("cloud", 0.01, List.of()), node("edge", 0.04, List.of(3.0, 1.25))),
              List.of(new LinkView(Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY, 0.5))));

  private static NodeView node(String name, double joint, List<Double> slowdown) {
    return new NodeView(name, 1e9, 3, 1 << 30, Map.of("a", 0.1, "b", 0.2, "c", 0.3))
        .with(new Inference(Map.of(A.input().bytes(), joint), slowdown, Map.of()));
  }

  private double onTheEdge(int batch, Component... components) {
    return model.computeSeconds(
        List.of(components).stream().map(c -> new Hop(c, EDGE)).toList(), batch);
  }

  @Test
  void computeSeconds_ofOneComponent_isWhatItTakesByItself() {
    assertThat(onTheEdge(BATCH, B)).isCloseTo(0.2, within(1e-12));
  }

  @Test
  void computeSeconds_ofComponentsTogether_isTheirSumLessWhatEachJointSaves() {
    assertThat(onTheEdge(BATCH, A, B, C)).isCloseTo(0.6 - 2 * 0.04, within(1e-12));
  }

  @Test
  void computeSeconds_ofAnotherBatch_isInProportion() {
    assertThat(onTheEdge(1, A, B, C)).isCloseTo((0.6 - 2 * 0.04) / 2, within(1e-12));
  }

  @Test
  @DisplayName("a program's time is its start and what each component adds")
  void joinedSeconds_withTheStart_areTheProgramsTime() {
    double sum =
        model.startSeconds(EDGE, A.input(), BATCH)
            + model.joinedSeconds(EDGE, A, BATCH)
            + model.joinedSeconds(EDGE, B, BATCH)
            + model.joinedSeconds(EDGE, C, BATCH);

    assertThat(sum).isCloseTo(onTheEdge(BATCH, A, B, C), within(1e-12));
  }

  @Test
  void computeSeconds_overAnExitBesideTheChain_countsThreePrograms() {
    List<Hop> hops = List.of(new Hop(A, EDGE), Hop.sideBranch(B, EDGE), new Hop(C, EDGE));

    assertThat(model.computeSeconds(hops, BATCH)).isCloseTo(0.6, within(1e-12));
  }

  @Test
  void computeSeconds_onFewerCores_isAsMuchSlowerAsWasMeasured() {
    List<Hop> onTwo = List.of(new Hop(A, EDGE, 2), new Hop(B, EDGE, 2));

    assertThat(model.computeSeconds(onTwo, BATCH)).isCloseTo(1.25 * 0.26, within(1e-12));
  }

  @Test
  void computeSeconds_onFewerCoresWhereThatWasNotMeasured_isInProportion() {
    List<Hop> onTwo = List.of(new Hop(A, NodeId.CLOUD, 2));

    assertThat(model.computeSeconds(onTwo, BATCH)).isCloseTo(0.15, within(1e-12));
  }

  @Test
  void routeSeconds_overTwoNodes_startsAProgramOnEach() {
    Route route =
        new Route(
            List.of(
                new Hop(A, EDGE),
                new Hop(B, EDGE),
                new Hop(C, NodeId.CLOUD),
                new Hop(A, NodeId.CLOUD)));

    assertThat(model.routeSeconds(route, EDGE, BATCH))
        .isCloseTo(0.3 - 0.04 + 0.25 + 0.4 - 0.01 + 0.25, within(1e-12));
  }

  @Test
  void slower_stretchesWhatJointsSaveToo() {
    NodeView twice = node("edge", 0.04, List.of(3.0, 1.25)).slower(2);

    assertThat(twice.componentSeconds()).containsEntry("b", 0.4);
    assertThat(twice.inference().joints().get(A.input().bytes())).isCloseTo(0.08, within(1e-12));
    assertThat(twice.flopsPerSecond()).isEqualTo(0.5e9);
  }
}
