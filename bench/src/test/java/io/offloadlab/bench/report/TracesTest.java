package io.offloadlab.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TracesTest {
  @Test
  void shape_ofARoute_isItsExitAndHowManyRanWhere() {
    assertThat(Traces.shape("root>block-0 @edge-2 | block-1>exit-3 @cloud"))
        .isEqualTo("exit-3: 2 edge, 2 cloud");
  }

  @Test
  void counted_ofRoutesThatDifferInTheEdgeAlone_addsThem() {
    assertThat(
            Traces.counted(
                Stream.of("a>head @cloud", "a>head @edge-1", "a>head @edge-2", "a>b>head @cloud")))
        .containsExactlyInAnyOrderEntriesOf(
            Map.of("head: 2 edge", 2, "head: 2 cloud", 1, "head: 3 cloud", 1));
  }
}
