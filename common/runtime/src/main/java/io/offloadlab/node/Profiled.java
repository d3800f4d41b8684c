package io.offloadlab.node;

import io.offloadlab.profile.ProfiledLink;
import io.offloadlab.profile.ProfiledNode;
import io.offloadlab.profile.ProfiledNode.Rounds;
import io.offloadlab.strategy.NodeId;
import io.offloadlab.wire.Message.Measure;
import io.offloadlab.wire.Message.Measured;
import io.offloadlab.wire.Message.Timing;
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

  private static List<ProfiledNode.Time> times(List<Timing> timings) {
    return timings.stream()
        .map(t -> new ProfiledNode.Time(t.seconds(), t.engine(), t.threads()))
        .toList();
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
    public CompletableFuture<List<Time>> times(
        List<List<String>> programs, int batch, Rounds rounds, int cores) {
      return host.measure(new Measure(0, programs, batch, rounds.most(), rounds.seconds(), cores))
          .thenApply(Profiled::times);
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
    public CompletableFuture<List<Time>> times(
        List<List<String>> programs, int batch, Rounds rounds, int cores) {
      return edge.request(
              id -> new Measure(id, programs, batch, rounds.most(), rounds.seconds(), cores),
              Measured.class)
          .thenApply(measured -> Profiled.times(measured.times()));
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
