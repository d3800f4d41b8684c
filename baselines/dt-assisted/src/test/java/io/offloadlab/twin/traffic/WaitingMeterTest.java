package io.offloadlab.twin.traffic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.offloadlab.strategy.DeviceStatus;
import io.offloadlab.strategy.NodeId;
import io.offloadlab.strategy.Task;
import io.offloadlab.strategy.TaskProgress;
import java.util.List;
import org.junit.jupiter.api.Test;

class WaitingMeterTest {
  private static final double OPEN = Double.POSITIVE_INFINITY;

  private final WaitingMeter meter = new WaitingMeter(0.05);

  private void asked(double now, boolean holding, DeviceStatus others) {
    Task task = new Task(0, NodeId.edge(1), NodeId.edge(1), 0, List.of(0));
    meter.seen(
        new TaskProgress(
            task, List.of(), holding, now, now, holding ? now : 0, others, 0, 0, List.of()));
  }

  @Test
  void expectedWait_afterTasksThatUploadedAtOnce_isThatForOneThatComputes() {
    for (int i = 0; i <= 100; i++) {
      asked(i, false, DeviceStatus.FREE);
      meter.joins();
      asked(i, true, DeviceStatus.FREE);
      if (i < 100) {
        meter.leaves(i);
      }
    }

    asked(100.01, false, new DeviceStatus(true, OPEN, 0));

    assertThat(meter.expectedWait(100.01)).isCloseTo(0.04, within(1e-9));
  }

  @Test
  void expectedWait_holderWhoseEndIsDecided_isUntilThenAndForThoseInBetween() {
    asked(3, false, new DeviceStatus(true, 3.5, 2));

    assertThat(meter.expectedWait(3)).isCloseTo(0.5 + 2 * 0.05, within(1e-12));
  }

  @Test
  void waitedForHolder_othersThatComeWhileItHolds_addsUpTheirWaits() {
    asked(1, true, DeviceStatus.FREE);
    asked(1.5, false, new DeviceStatus(true, OPEN, 0));
    meter.joins();
    asked(2, false, new DeviceStatus(true, OPEN, 1));
    meter.joins();

    // one has waited for a second, the other for half of it
    assertThat(meter.waitedForHolder(2.5)).isCloseTo(1.5, within(1e-12));
  }
}
