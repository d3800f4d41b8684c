package io.offloadlab.twin.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.offloadlab.strategy.NodeId;
import io.offloadlab.twin.decision.Chains;
import io.offloadlab.twin.decision.Charge;
import io.offloadlab.twin.decision.DecisionSpace;
import io.offloadlab.twin.decision.Moment;
import io.offloadlab.twin.decision.Stops;
import io.offloadlab.twin.decision.Utility;
import io.offloadlab.twin.learning.BoundarySample;
import io.offloadlab.twin.settings.TwinSettings;
import io.offloadlab.twin.study.StudyWorld;
import io.offloadlab.twin.traffic.Stake;
import io.offloadlab.twin.workload.WorkloadTwin.Terms;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WorkloadTwinTest {
  private static final TwinSettings SETTINGS =
      TwinSettings.with("default", Map.of("objective", "utility"));
  private static final StudyWorld WORLD = new StudyWorld(10, 1, 10);
  private final List<BoundarySample> lessons = new ArrayList<>();
  private final DecisionSpace space =
      DecisionSpace.of(
          Chains.of(WORLD.context(0)),
          WORLD.context(0).scenario(),
          Stops.of(Chains.of(WORLD.context(0)), WORLD.context(0).scenario()),
          WORLD.view(),
          NodeId.edge(1),
          1,
          SETTINGS.energy(),
          SETTINGS.beta(),
          true);
  private final Utility everybodyJoins = new Utility(1, SETTINGS.beta(), Charge.NONE);

  private void taskThatStopsAtOnceWhileAnotherComes(boolean augment) {
    Terms terms = new Terms(space, everybodyJoins, a -> true);
    WorkloadTwin twin = new WorkloadTwin(augment, true, 1, lessons::add);
    Moment first = new Moment(0, 10, 0, 0, 0, 0, 0);
    twin.sees(first);
    twin.starts(terms, 10, null);
    twin.reaches(first);
    twin.stops(space.atBoundary().get(0).get(0), 10);
    twin.comes(10.01, Stake.WAITS);
    twin.passes(20);
  }

  @Test
  void augmented_taskTeachesAboutBoundariesThatItNeverReached() {
    taskThatStopsAtOnceWhileAnotherComes(true);

    long boundaries = space.atBoundary().stream().filter(l -> !l.isEmpty()).count();
    assertThat(lessons).hasSize((int) boundaries - 1);
  }

  @Test
  void augmented_whoeverCameMeanwhileWouldHaveWaited() {
    taskThatStopsAtOnceWhileAnotherComes(true);

    // then at the last boundary the other has waited since 10.01 s
    BoundarySample last = lessons.get(lessons.size() - 1);
    double waited = 10 + space.reach().get(space.last()) - 10.01;
    assertThat((double) last.next()[1]).isCloseTo(waited, within(1e-6));
  }

  @Test
  void notAugmented_taskThatStopsAtOnceTeachesNothing() {
    taskThatStopsAtOnceWhileAnotherComes(false);

    assertThat(lessons).isEmpty();
  }
}
