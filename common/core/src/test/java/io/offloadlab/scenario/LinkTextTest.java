package io.offloadlab.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.offloadlab.failure.UsageError;
import io.offloadlab.strategy.LinkSpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LinkTextTest {
  @ParameterizedTest
  @CsvSource({
    "wifi, 2360000, 0.02",
    "4g, 731250, 0.055",
    "3g, 137500, 0.15",
    "cat1, 130000, 0.055",
    "WiFi, 2360000, 0.02"
  })
  void parse_preset_givesItsRateBothWaysAndItsRoundTrip(
      String name, double bytesPerSecond, double rttSeconds) {
    LinkSpec link = LinkText.parse(name);

    assertThat(link.upBytesPerSecond()).isCloseTo(bytesPerSecond, within(1e-6));
    assertThat(link.downBytesPerSecond()).isCloseTo(bytesPerSecond, within(1e-6));
    assertThat(link.rttSeconds()).isEqualTo(rttSeconds);
  }

  @Test
  void parse_loopback_isUnshaped() {
    assertThat(LinkText.parse("loopback")).isEqualTo(LinkSpec.UNSHAPED);
  }

  @Test
  void parse_upDownAndRoundTrip_givesEach() {
    assertThat(LinkText.parse("8Mbit/20Mbit@15ms")).isEqualTo(new LinkSpec(1e6, 2.5e6, 0.015));
  }

  @Test
  void parse_oneRateInBytesWithPerSecond_countsBothWays() {
    assertThat(LinkText.parse("2.5MB/s@0.1s")).isEqualTo(new LinkSpec(2.5e6, 2.5e6, 0.1));
  }

  @ParameterizedTest
  @ValueSource(strings = {"loopback", "wifi", "8Mbit/20Mbit@15ms", "1e-3kbit@0.00001s"})
  void write_anyLink_isReadAsTheSame(String text) {
    LinkSpec link = LinkText.parse(text);

    assertThat(LinkText.parse(LinkText.write(link))).isEqualTo(link);
  }

  @Test
  void parse_nearlyAPreset_namesTheNearest() {
    assertThatThrownBy(() -> LinkText.parse("wfi"))
        .isInstanceOf(UsageError.class)
        .hasMessageContaining("'wfi'")
        .hasMessageContaining("did you mean wifi?")
        .hasMessageContaining("cat1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0Mbit", "1.2.3Mbit", "8Mbit/0bit"})
  void parse_rateThatIsNoPositiveNumber_isAUsageError(String text) {
    assertThatThrownBy(() -> LinkText.parse(text))
        .isInstanceOf(UsageError.class)
        .hasMessageContaining(text);
  }
}
