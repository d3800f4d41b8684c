package io.offloadlab.strategy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.offloadlab.strategy.LinkChanges.Change;
import io.offloadlab.strategy.SystemView.LinkView;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class LinkChangesTest {
  private static final LinkSpec FIRST = new LinkSpec(10, 20, 0.1);
  private static final LinkSpec SLOW = new LinkSpec(1, 2, 0.1);
  private static final LinkChanges DROP =
      new LinkChanges(List.of(new Change(10, SLOW), new Change(20, FIRST)));

  @Test
  void at_everyTime_isTheLatestChangeUntilThen() {
    assertThat(DROP.at(0, FIRST)).isEqualTo(FIRST);
    assertThat(DROP.at(9.999, FIRST)).isEqualTo(FIRST);
    assertThat(DROP.at(10, FIRST)).isEqualTo(SLOW);
    assertThat(DROP.at(19.999, FIRST)).isEqualTo(SLOW);
    assertThat(DROP.at(1e9, SLOW)).isEqualTo(FIRST);
    assertThat(LinkChanges.NONE.at(1e9, SLOW)).isEqualTo(SLOW);
  }

  @Test
  void nextAfter_aChange_isTheOneBehindIt() {
    assertThat(DROP.nextAfter(0)).isEqualTo(10);
    assertThat(DROP.nextAfter(10)).isEqualTo(20);
    assertThat(DROP.nextAfter(20)).isInfinite();
    assertThat(LinkChanges.nextAfter(List.of(LinkChanges.NONE, DROP), 12)).isEqualTo(20);
    assertThat(LinkChanges.nextAfter(List.of(), 12)).isInfinite();
  }

  @Test
  void new_timesThatGoBack_areRefused() {
    for (double second : new double[] {10, 5, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
      assertThatThrownBy(
              () -> new LinkChanges(List.of(new Change(10, SLOW), new Change(second, FIRST))))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("after 10.0 s");
    }
  }

  @Test
  @DisplayName("times per byte add up, and so do round trips")
  void emulated_anotherLink_keepsWhatIsThere() {
    // given: a wire of 40 B/s and 0.02 s below an emulation of 10 B/s and 0.1 s
    LinkView measured = new LinkView(1 / (1 / 40.0 + 1 / 10.0), 10, 0.12);

    LinkView slow = measured.emulated(FIRST, SLOW);

    assertThat(slow.upBytesPerSecond()).isCloseTo(1 / (1 / 40.0 + 1), within(1e-12));
    assertThat(slow.rttSeconds()).isCloseTo(0.12, within(1e-12));
    assertThat(measured.emulated(FIRST, FIRST)).isEqualTo(measured);
  }
}
