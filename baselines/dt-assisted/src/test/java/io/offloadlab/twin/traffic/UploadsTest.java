package io.offloadlab.twin.traffic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.offloadlab.twin.decision.Action;
import org.junit.jupiter.api.Test;

class UploadsTest {
  /** Reaches the cloud 0.03 s after the uplink is free and computes there for 0.02 s. */
  private static final Action UPLOAD =
      new Action(0, null, true, 0, 0, 0, 0.02, 0.01, 0.02, 0.01, 0);

  @Test
  void cloudBacklog_withUploadsUnderWay_isWhenTheCloudWillBeDoneWithThem() {
    Uploads uploads = new Uploads();
    uploads.add(UPLOAD, 10, 0);
    uploads.add(UPLOAD, 10, 0.02);

    // The first comes at 10.03 and is done at 10.05, when the second comes.
    assertThat(uploads.cloudBacklog(0, 10)).isCloseTo(0.07, within(1e-9));
    // With 0.04 s before them they queue: 10.04, 10.06, 10.08.
    assertThat(uploads.cloudBacklog(0.04, 10)).isCloseTo(0.08, within(1e-9));
  }

  @Test
  void cloudBacklog_uploadsThatHaveArrived_areSeenThereAlready() {
    Uploads uploads = new Uploads();
    uploads.add(UPLOAD, 10, 0);

    assertThat(uploads.cloudBacklog(0.015, 10.031)).isEqualTo(0.015);
  }

  @Test
  void add_whatIsAtTheCloudAlready_isNotCountedTwice() {
    Uploads uploads = new Uploads();
    uploads.add(new Action(0, null, true, 0, 0, 0, 0, 0, 0.02, 0, 0), 10, 0.5);

    assertThat(uploads.cloudBacklog(0.02, 10.1)).isEqualTo(0.02);
  }
}
