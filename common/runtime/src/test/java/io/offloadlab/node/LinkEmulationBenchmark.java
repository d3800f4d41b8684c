package io.offloadlab.node;

import io.offloadlab.profile.ProfilingProgress;
import io.offloadlab.strategy.LinkSpec;
import io.offloadlab.strategy.SystemView;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How exact emulated links are: 1 MiB each way over a real connection with each preset's rate,
 * against what the rate implies; and what the profiler makes of the link.
 */
public final class LinkEmulationBenchmark {
  private static final int MEBIBYTE = 1 << 20;
  private static final int REPEATS = 3;

  private LinkEmulationBenchmark() {}

  public static void main(String[] args) throws IOException {
    Map<String, Double> bytesPerSecond = new LinkedHashMap<>();
    bytesPerSecond.put("wifi", 18.88e6 / 8);
    bytesPerSecond.put("4g", 5.85e6 / 8);
    bytesPerSecond.put("3g", 1.1e6 / 8);
    System.out.printf(
        "%-6s %9s %9s %9s %9s %9s %11s %11s%n",
        "link", "implied", "down s", "up s", "down/imp", "up/imp", "profiled", "rtt ms");
    for (Map.Entry<String, Double> link : bytesPerSecond.entrySet()) {
      measure(link.getKey(), link.getValue());
    }
  }

  private static void measure(String name, double rate) throws IOException {
    Path directory = Files.createTempDirectory("offloadlab-benchmark");
    SmallNetwork network = SmallNetwork.write(directory, 1);
    try (TestSystem system =
        TestSystem.start(
            TestSystem.scenario(1, new LinkSpec(rate, rate, 0)),
            directory,
            directory.resolve("cache"))) {
      RemoteEdge edge = system.cloud().remoteEdges().get(0);
      double down = Double.POSITIVE_INFINITY;
      double up = Double.POSITIVE_INFINITY;
      for (int i = 0; i < REPEATS; i++) {
        down = Math.min(down, Failures.join(Pings.exchange(edge, MEBIBYTE, 0)));
        up = Math.min(up, Failures.join(Pings.exchange(edge, 0, MEBIBYTE)));
      }
      double implied = MEBIBYTE / rate;
      SystemView view =
          system
              .cloud()
              .measure(List.of(network.chain().get(0)), List.of(), 1, ProfilingProgress.SILENT);
      System.out.printf(
          "%-6s %9.4f %9.4f %9.4f %9.4f %9.4f %11.0f %11.3f%n",
          name,
          implied,
          down,
          up,
          down / implied,
          up / implied,
          view.links().get(0).upBytesPerSecond(),
          view.links().get(0).rttSeconds() * 1e3);
    }
  }
}
