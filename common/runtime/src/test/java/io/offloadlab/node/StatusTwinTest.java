package io.offloadlab.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.offloadlab.strategy.NodeId;
import io.offloadlab.strategy.Task;
import java.util.List;
import org.junit.jupiter.api.Test;

class StatusTwinTest {
  private final StatusTwin twin = new StatusTwin();

  private GuidedTask joins(int id, double reaches) {
    NodeId edge = NodeId.edge(1);
    GuidedTask task = new GuidedTask(new Task(id, edge, edge, reaches, List.of(0)), reaches);
    task.reaches = reaches;
    twin.joins(task);
    return task;
  }

  @Test
  void grant_freeProcessor_turnIsWhenTheTaskIsThere() {
    GuidedTask first = joins(0, 5);

    assertThat(twin.grant()).isSameAs(first);
    assertThat(first.turn).isEqualTo(5);
  }

  @Test
  void grant_heldProcessor_nobodyGetsIt() {
    joins(0, 5);
    joins(1, 5.5);
    twin.grant();

    assertThat(twin.grant()).isNull();
  }

  @Test
  void grant_afterSomebodyLeft_turnIsWhenTheProcessorIsFree() {
    GuidedTask first = joins(0, 5);
    GuidedTask second = joins(1, 5.5);
    twin.grant();
    twin.leaves(first, 7);

    assertThat(twin.grant()).isSameAs(second);
    assertThat(second.turn).isEqualTo(7);
  }

  @Test
  void waiting_countsOthersThatAreThereAndHaveNotHadTheirTurn() {
    GuidedTask first = joins(0, 5);
    joins(1, 5.5);
    GuidedTask late = joins(2, 9);
    twin.grant();
    twin.leaves(first, 7);
    twin.grant();

    assertThat(twin.waiting(late, 6)).as("the second one, until 7").isEqualTo(1);
    assertThat(twin.waiting(late, 7)).isZero();
    assertThat(twin.waiting(first, 9)).as("the late one is there now").isEqualTo(1);
  }

  @Test
  void left_laterThanForetold_movesEverybodyWhoWaitedForIt() {
    GuidedTask first = joins(0, 0);
    GuidedTask second = joins(1, 0);
    GuidedTask third = joins(2, 0);
    twin.grant();
    twin.leaves(first, 1);
    twin.grant();
    twin.leaves(second, 2);
    twin.grant();

    double later = twin.left(first, 1.25);

    assertThat(later).isCloseTo(0.25, within(1e-12));
    assertThat(third.turn).isCloseTo(2.25, within(1e-12));
  }

  @Test
  void left_afterAGap_movesNobody() {
    GuidedTask first = joins(0, 0);
    twin.grant();
    twin.leaves(first, 1);
    GuidedTask second = joins(1, 3);
    twin.grant();

    assertThat(twin.left(first, 1.25)).isZero();
    assertThat(second.turn).isEqualTo(3);
  }

  @Test
  void left_earlierThanForetoldWithNobodyThere_processorIsFreeFromThenOn() {
    GuidedTask first = joins(0, 0);
    twin.grant();
    twin.leaves(first, 2);
    twin.left(first, 1.5);
    GuidedTask second = joins(1, 1.75);

    twin.grant();

    assertThat(second.turn).isEqualTo(1.75);
  }

  @Test
  void forget_holderThatFailed_makesWayForTheNext() {
    GuidedTask first = joins(0, 0);
    GuidedTask second = joins(1, 0);
    twin.grant();

    twin.forget(first);

    assertThat(twin.grant()).isSameAs(second);
  }
}
