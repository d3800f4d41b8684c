package io.offloadlab.node;

import io.offloadlab.nn.Engine;
import io.offloadlab.nn.Engines;
import java.nio.file.Path;
import java.time.Duration;

/**
 * What an edge node is started with.
 *
 * @param host of the cloud
 * @param port of the cloud
 * @param name its own; one called {@code edge-2} becomes edge 2 if that place is free
 * @param device what it computes on
 * @param engine by its name, or {@link Engines#AUTO} for whichever is fastest
 * @param threads cores it computes with
 * @param cache directory that keeps weights by their hash
 * @param connectWithin how long to go on trying to reach the cloud
 */
public record EdgeSettings(
    String host,
    int port,
    String name,
    Engine.Processor device,
    String engine,
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
        Engines.AUTO,
        threads,
        WeightCache.userDirectory(),
        Duration.ofSeconds(30));
  }

  /** The same on another device or engine. */
  public EdgeSettings on(Engine.Processor device, String engine) {
    return new EdgeSettings(host, port, name, device, engine, threads, cache, connectWithin);
  }
}
