package io.offloadlab.course;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.offloadlab.strategy.DeviceStatus;
import io.offloadlab.strategy.NodeId;
import io.offloadlab.strategy.Task;
import java.util.List;
import org.junit.jupiter.api.Test;

class StatusTwinTest {
  private final StatusTwin twin = new StatusTwin();

  private Stay joins(int id, double reaches) {
    NodeId edge = NodeId.edge(1);
    Course course = new Course(new Task(id, edge, edge, reaches, List.of(0)), reaches);
    Stay stay = new Stay(course, edge, reaches);
    twin.joins(stay);
    return stay;
  }

  @Test
  void grant_freeProcessor_turnIsWhenTheTaskIsThere() {
    Stay first = joins(0, 5);

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
    Stay first = joins(0, 5);
    Stay second = joins(1, 5.5);
    twin.grant();
    twin.leaves(first, 7);

    assertThat(twin.grant()).isSameAs(second);
    assertThat(second.turn).isEqualTo(7);
  }

  @Test
  void waiting_countsOthersThatAreThereAndHaveNotHadTheirTurn() {
    Stay first = joins(0, 5);
    joins(1, 5.5);
    Stay late = joins(2, 9);
    twin.grant();
    twin.leaves(first, 7);
    twin.grant();

    assertThat(twin.status(late, 6).waiting()).as("the second one, until 7").isEqualTo(1);
    assertThat(twin.status(late, 7).waiting()).isZero();
    assertThat(twin.status(first, 9).waiting()).as("the late one is there now").isEqualTo(1);
  }

  @Test
  void left_laterThanForetold_movesEverybodyWhoWaitedForIt() {
    Stay first = joins(0, 0);
    Stay second = joins(1, 0);
    Stay third = joins(2, 0);
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
    Stay first = joins(0, 0);
    twin.grant();
    twin.leaves(first, 1);
    Stay second = joins(1, 3);
    twin.grant();

    assertThat(twin.left(first, 1.25)).isZero();
    assertThat(second.turn).isEqualTo(3);
  }

  @Test
  void left_earlierThanForetoldWithNobodyThere_processorIsFreeFromThenOn() {
    Stay first = joins(0, 0);
    twin.grant();
    twin.leaves(first, 2);
    twin.left(first, 1.5);
    Stay second = joins(1, 1.75);

    twin.grant();

    assertThat(second.turn).isEqualTo(1.75);
  }

  @Test
  void forget_holderThatFailed_makesWayForTheNext() {
    Stay first = joins(0, 0);
    Stay second = joins(1, 0);
    twin.grant();

    twin.forget(first);

    assertThat(twin.grant()).isSameAs(second);
  }

  @Test
  void status_holderWhoseEndIsDecided_saysWhenItLeaves() {
    Stay first = joins(0, 5);
    Stay late = joins(1, 6);
    twin.grant();
    twin.leaves(first, 7);

    assertThat(twin.status(late, 6)).isEqualTo(new DeviceStatus(true, 7, 0));
  }

  @Test
  void status_holderThatIsStillAsked_leavesNobodyKnowsWhen() {
    joins(0, 5);
    Stay late = joins(1, 6);
    twin.grant();

    assertThat(twin.status(late, 6)).isEqualTo(new DeviceStatus(true, Double.POSITIVE_INFINITY, 0));
  }

  @Test
  void status_oneThatWillLeaveAtItsTurn_waitsUntilThen() {
    Stay first = joins(0, 5);
    Stay second = joins(1, 5);
    Stay late = joins(2, 6);
    twin.grant();
    twin.leaves(first, 7);
    twin.grant();
    twin.leaves(second, 9);

    assertThat(twin.status(late, 6)).isEqualTo(new DeviceStatus(true, 7, 1));
    assertThat(twin.status(late, 8)).isEqualTo(new DeviceStatus(true, 9, 0));
  }

  @Test
  void status_manyThatCameOneByOne_countsThem() {
    Stay first = joins(0, 0);
    twin.grant();
    for (int i = 1; i <= 100_000; i++) {
      joins(i, i);
      twin.status(first, i);
    }

    assertThat(twin.status(first, 100_000).waiting()).isEqualTo(100_000);
  }

  @Test
  void holds_soonerThanForetold_whoWasThereBeforeIsNotAnyMore() {
    Stay first = joins(0, 0);
    Stay second = joins(1, 0);
    Stay late = joins(2, 3);
    twin.grant();
    twin.leaves(first, 5);
    twin.grant();

    twin.holds(second, 4);

    assertThat(twin.status(late, 4)).isEqualTo(new DeviceStatus(true, Double.POSITIVE_INFINITY, 0));
  }
}
