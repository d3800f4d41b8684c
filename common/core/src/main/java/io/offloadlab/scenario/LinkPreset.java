package io.offloadlab.scenario;

import io.offloadlab.strategy.LinkSpec;
import java.util.List;

/**
 * A link with a name. The rates are those of studies in the manner of Neurosurgeon (Kang et al.,
 * ASPLOS 2017) and DADS (Hu et al., INFOCOM 2019), uplink and downlink alike.
 *
 * @param name in lower case
 * @param link what is emulated
 * @param rttSource where the round-trip time is from
 */
record LinkPreset(String name, LinkSpec link, String rttSource) {
  /** Every preset, the fastest first. */
  static final List<LinkPreset> ALL =
      List.of(
          new LinkPreset("loopback", LinkSpec.UNSHAPED, "nothing is emulated"),
          symmetric(
              "wifi",
              18.88e6 / 8,
              0.020,
              "what more than half of the packets took over the Wi-Fi hop of 47 campus access points in two months (Pei et al., INFOCOM 2016)"),
          symmetric(
              "4g",
              5.85e6 / 8,
              0.055,
              "median of a week of pings over LTE from Los Angeles and New York (Daoudi, Web Performance Calendar, 2013)"),
          symmetric(
              "3g",
              1.1e6 / 8,
              0.150,
              "WebPageTest's connection profile \"Mobile 3G - Fast\" (connectivity.ini); within the 100 to 500 ms of Grigorik, High Performance Browser Networking, table 7-2"),
          symmetric(
              "cat1",
              0.13e6,
              0.055,
              "as 4g: a category 1 modem has another rate, but the same LTE network behind it"));

  private static LinkPreset symmetric(
      String name, double bytesPerSecond, double rttSeconds, String rttSource) {
    return new LinkPreset(
        name, new LinkSpec(bytesPerSecond, bytesPerSecond, rttSeconds), rttSource);
  }
}
