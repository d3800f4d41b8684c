package io.offloadlab.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.offloadlab.failure.UsageError;
import io.offloadlab.strategy.LinkChanges;
import io.offloadlab.strategy.LinkChanges.Change;
import io.offloadlab.strategy.LinkSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChangesTextTest {
  private static final LinkSpec LINK = new LinkSpec(1000, 2000, 0.02);

  @TempDir Path folder;

  private static LinkChanges parse(String text) {
    return ChangesText.parse(text, LINK, 1, 1);
  }

  @Test
  void parse_partsOfTheRate_keepTheRoundTrip() {
    assertThat(parse("20s x0.1, 1min x1").changes())
        .containsExactly(new Change(20, new LinkSpec(100, 200, 0.02)), new Change(60, LINK));
  }

  @Test
  void parse_otherLinks_areThoseOfTheNames() {
    assertThat(parse("500ms 4g, 2s 8Mbit/16Mbit@15ms").changes())
        .containsExactly(
            new Change(0.5, LinkText.parse("4g")), new Change(2, new LinkSpec(1e6, 2e6, 0.015)));
  }

  @Test
  void parse_none_isALinkThatStays() {
    assertThat(parse("none")).isEqualTo(LinkChanges.NONE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"20 x0.1", "x0.1", "20s", "20s x0", "20s x-1", "20s wfi", "", "20s x0.1, 10s x1"})
  void parse_whatIsNotUnderstood_isRefusedWithTheText(String text) {
    assertThatThrownBy(() -> parse(text)).isInstanceOf(UsageError.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"20s x0.1", "mobility"})
  void parse_partOfNoRate_isRefused(String text) {
    assertThatThrownBy(() -> ChangesText.parse(text, LinkSpec.UNSHAPED, 1, 1))
        .isInstanceOf(UsageError.class)
        .hasMessageContaining("loopback has none");
  }

  @Test
  @DisplayName("a trace has a line per change: seconds, Mbit/s, ms")
  void parse_trace_isReadLineByLine() throws IOException {
    Path file =
        Files.writeString(folder.resolve("walk.csv"), "# time,rate,rtt\n0,8,20\n\n1.5, 0.8, 30\n");

    assertThat(parse(file.toString()).changes())
        .containsExactly(
            new Change(0, new LinkSpec(1e6, 1e6, 0.02)),
            new Change(1.5, new LinkSpec(1e5, 1e5, 0.03)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0,8", "0,8,20\n0,8,20", "0,0,20", "0,8,-1", "zero,8,20", "0;8;20"})
  void parse_traceWithABadLine_namesFileAndLine(String content) throws IOException {
    Path file = Files.writeString(folder.resolve("walk.csv"), content);

    assertThatThrownBy(() -> parse(file.toString()))
        .isInstanceOf(UsageError.class)
        .hasMessageContaining("walk.csv, line");
  }

  @Test
  void parse_traceThatIsNotThere_isNamed() {
    assertThatThrownBy(() -> parse(folder.resolve("none.csv").toString()))
        .isInstanceOf(UsageError.class)
        .hasMessageContaining("none.csv");
  }

  @Test
  @DisplayName("a walk is the same for the same seed and device, and begins at the link's own rate")
  void parse_mobility_isSeeded() {
    LinkChanges walk = parse("mobility");

    assertThat(parse("mobility")).isEqualTo(walk);
    assertThat(ChangesText.parse("mobility", LINK, 2, 1)).isNotEqualTo(walk);
    assertThat(ChangesText.parse("mobility", LINK, 1, 2)).isNotEqualTo(walk);
    assertThat(walk.at(0, LINK)).isEqualTo(LINK);
    assertThat(walk.changes())
        .allSatisfy(c -> assertThat(c.link().upBytesPerSecond()).isBetween(10.0, 1000.0))
        .allSatisfy(c -> assertThat(c.link().rttSeconds()).isEqualTo(0.02));
  }

  @Test
  @DisplayName(
      "ten times as far the signal is a thousandth, and Shannon's capacity three quarters less")
  void capacity_tenTimesAsFar_isShannons() {
    assertThat(Mobility.capacity(5)).isEqualTo(1);
    assertThat(Mobility.capacity(50))
        .isCloseTo(Math.log(1 + 10) / Math.log(1 + 1e4), within(1e-12));
  }
}
