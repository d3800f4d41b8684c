package io.offloadlab.twin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.offloadlab.strategy.NodeId;
import io.offloadlab.strategy.Task;
import io.offloadlab.strategy.TaskProgress;
import java.util.List;
import org.junit.jupiter.api.Test;

class DeviceStateTest {
  private final DeviceState state = new DeviceState(0.05, true);

  private static Task task(int id) {
    return new Task(id, NodeId.edge(1), NodeId.edge(1), 0, List.of(id));
  }

  private static TaskProgress at(int id, double now, boolean holding) {
    return new TaskProgress(task(id), List.of(), holding, now, now, holding ? now : 0, 0, 0, 0);
  }

  private void takesTheDevice(int id, double now) {
    state.seen(at(id, now, false));
    state.joins();
    state.seen(at(id, now, true));
  }

  @Test
  void expectedWait_afterTasksThatUploadedAtOnce_isThatForOneThatComputes() {
    for (int i = 0; i < 100; i++) {
      takesTheDevice(i, i);
      state.leaves(task(i), i);
    }
    takesTheDevice(100, 100);

    assertThat(state.expectedWait(100.01)).isCloseTo(0.04, within(1e-9));
  }

  @Test
  void hasLeft_answerOfAnEarlierTask_saysNothingOfTheHolder() {
    takesTheDevice(1, 1);
    state.leaves(task(1), 1);
    takesTheDevice(2, 1.01);

    // when the first one's answer comes back from the cloud
    state.hasLeft(task(1), 1.02);
    state.seen(at(3, 1.03, false));

    assertThat(state.isHeld()).isTrue();
  }
}
