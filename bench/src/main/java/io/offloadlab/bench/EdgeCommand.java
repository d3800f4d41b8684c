package io.offloadlab.bench;

import io.offloadlab.failure.UsageError;
import io.offloadlab.nn.Engine;
import io.offloadlab.node.EdgeNode;
import io.offloadlab.node.EdgeSettings;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code edge}: one edge node, which serves a cloud until that ends. */
@Command(
    name = "edge",
    description = "Runs an edge node, which serves the cloud at an address until that ends.",
    sortOptions = false,
    mixinStandardHelpOptions = true)
final class EdgeCommand implements Callable<Integer> {
  @Mixin private NodeOptions node;

  @Option(
      names = "--name",
      paramLabel = "NAME",
      defaultValue = "edge",
      description = "The node's name; edge-2 takes the place of edge 2. Default: ${DEFAULT-VALUE}.")
  private String name;

  @Override
  public Integer call() {
    int threads = node.threads();
    int port = node.port();
    if (port == 0) {
      throw new UsageError("--port is missing: the port that the cloud listens on, 1 to 65535");
    }
    EdgeSettings settings =
        EdgeSettings.of(node.ip, port, name, threads).on(node.device, node.engine());
    try (EdgeNode edge = EdgeNode.start(settings)) {
      edge.serve();
    }
    return CommandLines.DONE;
  }

  /** Options that every node has. */
  static final class NodeOptions {
    private static final int MOST_PORTS = 65535;

    @Option(
        names = "--ip",
        paramLabel = "ADDRESS",
        defaultValue = "127.0.0.1",
        description = "The cloud's address. Default: ${DEFAULT-VALUE}.")
    String ip;

    @Option(
        names = "--port",
        paramLabel = "PORT",
        description = "The cloud's port, 1 to 65535. Default at the cloud: any that is free.")
    private int port;

    @Option(
        names = {"--device", "--cloud-device", "--edge-device"},
        paramLabel = "cpu|gpu",
        defaultValue = "CPU",
        description = "What the node computes on. Default: cpu.")
    Engine.Processor device;

    @Mixin private EngineOption engine;

    @Option(
        names = "--threads",
        paramLabel = "N",
        description = "Cores the node computes with. Default: all.")
    private Integer threads;

    /** 0 where none is given. */
    int port() {
      if (port < 0 || port > MOST_PORTS) {
        throw new UsageError(
            String.format(Locale.ROOT, "--port is 1 to %d, not %d", MOST_PORTS, port));
      }
      return port;
    }

    String engine() {
      return engine.name();
    }

    int threads() {
      int cores = threads == null ? Runtime.getRuntime().availableProcessors() : threads;
      if (cores < 1) {
        throw new UsageError("--threads is at least 1, not " + cores);
      }
      return cores;
    }
  }
}
