package io.offloadlab.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.offloadlab.bench.metric.Entry;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PlaceNoteTest {
  private static final StrategyResult ON_THE_CLOUD = TestResults.withLatencies("a", 10, 12);

  @Test
  void of_strategiesThatAllComputeOnTheCloud_saysSo() {
    assertThat(PlaceNote.of(List.of(), List.of(ON_THE_CLOUD, TestResults.withLatencies("b", 5))))
        .get()
        .asString()
        .startsWith("every strategy computed every task on the cloud alone");
  }

  @Test
  void of_aReferenceElsewhere_doesNotCount() {
    Entry reference = new Entry("edge-only", "edge-only", Map.of(), true, false);

    assertThat(
            PlaceNote.of(
                List.of(reference),
                List.of(
                    ON_THE_CLOUD,
                    TestResults.withLatencies("b", 5),
                    TestResults.split("edge-only", 7))))
        .isPresent();
  }

  @Test
  void of_oneStrategy_saysNothingOfASetting() {
    assertThat(PlaceNote.of(List.of(), List.of(ON_THE_CLOUD))).isEmpty();
  }

  @Test
  void of_strategiesInDifferentPlaces_saysNothing() {
    assertThat(PlaceNote.of(List.of(), List.of(ON_THE_CLOUD, TestResults.split("b", 5, 6))))
        .isEmpty();
  }
}
