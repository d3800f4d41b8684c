package io.offloadlab.node;

import io.offloadlab.nn.Engine;
import io.offloadlab.nn.Engines;
import io.offloadlab.strategy.Scenario;
import io.offloadlab.wire.FrameLimits;
import java.io.File;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;

/**
 * What a cloud node is started with.
 *
 * @param host address to listen on
 * @param port 0 for any free one
 * @param scenario how many edges there are, and which speeds and links are emulated
 * @param modelDirectory where the weights of components are
 * @param device what the cloud computes on
 * @param engine by its name, or {@link Engines#AUTO} for whichever is fastest
 * @param threads cores it computes with
 * @param limits largest frame accepted from an edge, or sent to one
 * @param timing heartbeats and timeouts
 */
public record CloudSettings(
    String host,
    int port,
    Scenario scenario,
    Path modelDirectory,
    Engine.Processor device,
    String engine,
    int threads,
    FrameLimits limits,
    Timing timing) {

  /**
   * Heartbeats and timeouts.
   *
   * @param heartbeat how often each edge gets one
   * @param silence after how long without a byte a peer is gone
   * @param request after how long without its answer a request has failed; the longest transfer
   *     over an emulated link must fit
   */
  public record Timing(Duration heartbeat, Duration silence, Duration request) {
    /** A heartbeat each second, gone after ten, requests fail after ten minutes. */
    public static final Timing DEFAULT =
        new Timing(Duration.ofSeconds(1), Duration.ofSeconds(10), Duration.ofMinutes(10));
  }

  /**
   * A cloud on this machine's processor with the default timing, and with the default limits as far
   * as weights fit them: no component has more than the file that it rests in.
   */
  public static CloudSettings of(
      String host, int port, Scenario scenario, Path modelDirectory, int threads) {
    return new CloudSettings(
        host,
        port,
        scenario,
        modelDirectory,
        Engine.Processor.CPU,
        Engines.AUTO,
        threads,
        FrameLimits.DEFAULT.holding(largestFile(modelDirectory)),
        Timing.DEFAULT);
  }

  private static long largestFile(Path directory) {
    File[] files = directory.toFile().listFiles(File::isFile);
    return files == null ? 0 : Arrays.stream(files).mapToLong(File::length).max().orElse(0);
  }

  /** The same on another device or engine. */
  public CloudSettings on(Engine.Processor device, String engine) {
    return new CloudSettings(
        host, port, scenario, modelDirectory, device, engine, threads, limits, timing);
  }
}
