package io.offloadlab.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.offloadlab.graph.Component;
import io.offloadlab.graph.GraphBuilder;
import io.offloadlab.graph.Shape;
import io.offloadlab.graph.WeightRef;
import io.offloadlab.strategy.Hop;
import io.offloadlab.strategy.NodeId;
import io.offloadlab.strategy.Route;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ItineraryTest {
  private static final Component STEP =
      new Component(
          "r",
          new GraphBuilder(Shape.of(4)).relu("relu").build("r", List.of()),
          WeightRef.of("none"));

  @ParameterizedTest
  @CsvSource({
    "0, 0 0, '0:2'",
    "0, 1 1, '0:0 1:2 0:0'",
    "0, 0 1, '0:1 1:1 0:0'",
    "0, 1 2, '0:0 1:1 0:0 2:1 0:0'",
    "1, 1 1, '1:2'",
    "1, 0 0, '1:0 0:2 1:0'",
    "1, 1 0, '1:1 0:1 1:0'",
    "1, 2 2, '1:0 0:0 2:2 0:0 1:0'",
    "2, 1 0 2, '2:0 0:0 1:1 0:1 2:1'",
  })
  void of_goesFromTheSourceAndBack_throughTheCloudBetweenEdges(
      int source, String nodes, String nodesAndHops) {
    Route route =
        new Route(
            Arrays.stream(nodes.split(" "))
                .map(n -> new Hop(STEP, new NodeId(Integer.parseInt(n))))
                .toList());

    String legs =
        Itinerary.of(route, new NodeId(source)).legs().stream()
            .map(l -> l.node().index() + ":" + l.hops().size())
            .collect(Collectors.joining(" "));

    assertThat(legs).isEqualTo(nodesAndHops);
  }
}
