package io.offloadlab.bench.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.offloadlab.bench.metric.DecisionRow.Kind;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What tables that break a run down say of hand-made tasks. */
class TaskFactTest {
  private static final String SPLIT = "root>block-0@0.8 @edge-1 | block-1>head @cloud";
  private static final String EARLY = "root>block-0>exit-3 @edge-10";

  private static final List<TaskFact> TASKS =
      List.of(
          fact("edge-1", SPLIT, 4, 1),
          fact("edge-10", EARLY, 1, 0),
          fact("edge-1", SPLIT, 8, 1),
          fact("edge-1", SPLIT, 3, 0));

  private static TaskFact fact(String device, String route, double ms, int correct) {
    return new TaskFact("s", device, Way.of(route), ms, 100, 2, 2, correct);
  }

  @Test
  @DisplayName("decisions count each choice once per task")
  void decisions_ofTwoRoutes_everyKindOfChoice() {
    assertThat(DecisionRow.of(TASKS).rows())
        .containsExactly(
            new DecisionRow("s", Kind.EXIT, "head", 3, .75),
            new DecisionRow("s", Kind.EXIT, "exit-3", 1, .25),
            new DecisionRow("s", Kind.SPLIT, "behind block-0@0.8: edge to cloud", 3, .75),
            new DecisionRow("s", Kind.SPLIT, "none", 1, .25),
            new DecisionRow("s", Kind.VARIANT, "block-0@0.8", 3, .75),
            new DecisionRow("s", Kind.NODE, "edge-1", 3, .75),
            new DecisionRow("s", Kind.NODE, "cloud", 3, .75),
            new DecisionRow("s", Kind.NODE, "edge-10", 1, .25));
  }

  @Test
  void components_withTimesOfSome_inTheOrderTheyRan() {
    Sheet<ComponentRow> sheet =
        ComponentRow.of(TASKS, Map.of("cloud", Map.of("head", .002), "edge-1", Map.of()));

    assertThat(sheet.rows())
        .extracting(r -> r.component() + " " + r.node() + " " + r.tasks())
        .containsExactly(
            "root edge-1 3",
            "block-0@0.8 edge-1 3",
            "block-1 cloud 3",
            "head cloud 3",
            "root edge-10 1",
            "block-0 edge-10 1",
            "exit-3 edge-10 1");
    assertThat(sheet.rows().get(3).ms()).isCloseTo(2, within(1e-12));
    assertThat(sheet.rows().get(2).ms()).isNaN();
  }

  @Test
  void devices_oneWithoutLabels_hasNoAccuracy() {
    TaskFact unlabelled = fact("edge-2", EARLY, 7, -1);

    TextTable text =
        DeviceRow.of(List.of(TASKS.get(1), unlabelled, TASKS.get(0), TASKS.get(2), TASKS.get(3)))
            .text();

    assertThat(text.rows())
        .containsExactly(
            List.of("s", "edge-1", "3", "33.33%", "5.00", "4.00", "7.60", "100.00", "2.00"),
            List.of("s", "edge-2", "1", "-", "7.00", "7.00", "7.00", "100.00", "2.00"),
            List.of("s", "edge-10", "1", "0.00%", "1.00", "1.00", "1.00", "100.00", "2.00"));
  }
}
