package io.offloadlab.node;

import io.offloadlab.profile.ProfiledLink;
import io.offloadlab.profile.ProfiledNode;
import io.offloadlab.strategy.NodeId;
import io.offloadlab.wire.Message.Measure;
import io.offloadlab.wire.Message.Measured;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** The nodes and links of a running system, for the profiler. */
final class Profiled {
  private Profiled() {}

  static List<ProfiledNode> nodes(
      ComponentHost cloud, MeasuredMachine machine, List<RemoteEdge> edges) {
    List<ProfiledNode> nodes = new ArrayList<>();
    nodes.add(new Cloud(cloud, machine));
    edges.forEach(e -> nodes.add(new Edge(e)));
    return nodes;
  }

  static List<ProfiledLink> links(List<RemoteEdge> edges) {
    return edges.stream().<ProfiledLink>map(Link::new).toList();
  }

  private record Cloud(ComponentHost host, MeasuredMachine machine) implements ProfiledNode {
    @Override
    public String name() {
      return NodeId.CLOUD.toString();
    }

    @Override
    public int cores() {
      return machine.cores();
    }

    @Override
    public long memoryBytes() {
      return machine.memoryBytes();
    }

    @Override
    public CompletableFuture<List<Double>> componentSeconds(
        List<String> components, int batch, int rounds) {
      return host.measure(components, batch, rounds);
    }
  }

  private record Edge(RemoteEdge edge) implements ProfiledNode {
    @Override
    public String name() {
      return edge.hello().name();
    }

    @Override
    public int cores() {
      return edge.hello().cores();
    }

    @Override
    public long memoryBytes() {
      return edge.hello().memoryBytes();
    }

    @Override
    public CompletableFuture<List<Double>> componentSeconds(
        List<String> components, int batch, int rounds) {
      return edge.request(id -> new Measure(id, components, batch, rounds), Measured.class)
          .thenApply(Measured::seconds);
    }
  }

  private record Link(RemoteEdge edge) implements ProfiledLink {
    @Override
    public String name() {
      return edge.toString();
    }

    @Override
    public CompletableFuture<Double> exchangeSeconds(int downBytes, int upBytes) {
      return Pings.exchange(edge, downBytes, upBytes);
    }
  }
}
