package io.offloadlab.bench.run;

import io.offloadlab.failure.RunFailure;
import io.offloadlab.nn.Engine;
import io.offloadlab.node.CloudNode;
import io.offloadlab.node.CloudSettings;
import io.offloadlab.node.EdgeNode;
import io.offloadlab.node.EdgeSettings;
import io.offloadlab.strategy.Scenario;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/** The cloud and the edges of one run; closing ends them all. */
public final class Nodes implements AutoCloseable {
  private static final Duration OWN_EDGES_WITHIN = Duration.ofSeconds(60);

  /** Where the nodes are. */
  public sealed interface Place {
    /**
     * Everything on this machine, the edges in processes of their own.
     *
     * @param mainClass entry point whose {@code edge} command they run
     * @param engine that all of them infer with
     * @param pinning which cores each has
     */
    record Processes(Class<?> mainClass, String engine, Pinning pinning) implements Place {}

    /**
     * Everything in this process.
     *
     * @param engine that all nodes infer with
     */
    record ThisProcess(String engine) implements Place {}

    /**
     * The cloud here, the edges wherever somebody starts them.
     *
     * @param host address to listen on
     * @param port to listen on
     * @param device what the cloud computes on
     * @param engine that the cloud infers with
     * @param threads cores it computes with
     * @param within how long to wait for the edges
     * @param say told where the edges are waited for
     */
    record Elsewhere(
        String host,
        int port,
        Engine.Processor device,
        String engine,
        int threads,
        Duration within,
        Consumer<String> say)
        implements Place {}
  }

  private final CloudNode cloud;
  private final Deque<AutoCloseable> edges = new ArrayDeque<>();

  private Nodes(CloudNode cloud) {
    this.cloud = cloud;
  }

  /**
   * Starts the cloud and waits for the edges.
   *
   * @throws RunFailure if the port is taken or an edge does not come
   */
  public static Nodes start(Place place, Scenario scenario, Path modelDirectory) {
    int cores = Runtime.getRuntime().availableProcessors();
    if (place instanceof Place.Elsewhere e) {
      CloudSettings settings =
          CloudSettings.of(e.host(), e.port(), scenario, modelDirectory, e.threads())
              .on(e.device(), e.engine());
      Nodes nodes = new Nodes(CloudNode.start(settings));
      e.say()
          .accept(
              String.format(
                  Locale.ROOT,
                  "waiting for %d edge(s) at %s, port %d, for at most %d s",
                  scenario.edges(),
                  e.host(),
                  nodes.cloud.port(),
                  e.within().toSeconds()));
      return awaiting(nodes, e.within());
    }
    String engine =
        place instanceof Place.Processes p ? p.engine() : ((Place.ThisProcess) place).engine();
    Nodes nodes =
        new Nodes(
            CloudNode.start(
                CloudSettings.of("127.0.0.1", 0, scenario, modelDirectory, cores)
                    .on(Engine.Processor.CPU, engine)));
    try {
      nodes.startEdges(place, engine, scenario.edges(), cores);
    } catch (RuntimeException e) {
      Closing.after(e, List.of(nodes));
      throw e;
    }
    return awaiting(nodes, OWN_EDGES_WITHIN);
  }

  private void startEdges(Place place, String engine, int count, int cores) {
    if (place instanceof Place.Processes p) {
      edges.push(EdgeProcesses.start(p, count, cloud.port()));
      return;
    }
    for (int i = 1; i <= count; i++) {
      edges.push(
          EdgeNode.start(
              EdgeSettings.of("127.0.0.1", cloud.port(), "edge-" + i, cores)
                  .on(Engine.Processor.CPU, engine)));
    }
  }

  private static Nodes awaiting(Nodes nodes, Duration within) {
    try {
      nodes.cloud.awaitEdges(within);
      return nodes;
    } catch (RunFailure e) {
      List<String> words =
          nodes.edges.peek() instanceof EdgeProcesses p ? p.lastWords() : List.of();
      RunFailure failure = words.isEmpty() ? e : new RunFailure(String.join("; ", words), e);
      Closing.after(failure, List.of(nodes));
      throw failure;
    }
  }

  /** The cloud node, which every task goes through. */
  public CloudNode cloud() {
    return cloud;
  }

  /** Ends all of them, the cloud first. */
  @Override
  public void close() {
    List<AutoCloseable> all = new ArrayList<>(edges);
    all.add(cloud);
    Closing.all(all);
  }
}
