package io.offloadlab.node;

import io.offloadlab.nn.Engine;
import java.nio.file.Path;
import java.time.Duration;

/**
 * What an edge node is started with.
 *
 * @param host of the cloud
 * @param port of the cloud
 * @param name its own; one called {@code edge-2} becomes edge 2 if that place is free
 * @param device what it computes on
 * @param threads cores it computes with
 * @param cache directory that keeps weights by their hash
 * @param connectWithin how long to go on trying to reach the cloud
 */
public record EdgeSettings(
    String host,
    int port,
    String name,
    Engine.Processor device,
    int threads,
    Path cache,
    Duration connectWithin) {

  /** An edge on this machine's processor with the user's cache, trying for half a minute. */
  public static EdgeSettings of(String host, int port, String name, int threads) {
    return new EdgeSettings(
        host,
        port,
        name,
        Engine.Processor.CPU,
        threads,
        WeightCache.userDirectory(),
        Duration.ofSeconds(30));
  }
}
