package io.offloadlab.node;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.offloadlab.failure.RunFailure;
import io.offloadlab.graph.Component;
import io.offloadlab.strategy.Hop;
import io.offloadlab.strategy.Inference;
import io.offloadlab.strategy.NodeId;
import io.offloadlab.strategy.Route;
import io.offloadlab.strategy.SystemView;
import io.offloadlab.weights.ComponentWeights;
import io.offloadlab.wire.Message;
import io.offloadlab.wire.Message.Assembly;
import io.offloadlab.wire.Message.Placement;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * Decides with the nodes which components each of them holds; an edge is sent only weights that it
 * does not have. One change after the other. Safe for use by many threads.
 */
final class Deployer {
  private final Path modelDirectory;
  private final ComponentHost cloud;
  private final Function<NodeId, RemoteEdge> edges;
  private final Map<Component, String> hashes = new ConcurrentHashMap<>();
  private volatile Map<NodeId, Holding> held = Map.of();
  private volatile SystemView told;
  private final Map<NodeId, Map<String, Inference.Way>> ways = new HashMap<>();
  private CompletableFuture<Void> last = CompletableFuture.completedFuture(null);

  Deployer(Path modelDirectory, ComponentHost cloud, Function<NodeId, RemoteEdge> edges) {
    this.modelDirectory = modelDirectory;
    this.cloud = cloud;
    this.edges = edges;
  }

  /** From now on programs run on the engines and threads that a view names. */
  void follow(SystemView view) {
    told = view;
  }

  /** What each node holds. */
  Map<NodeId, Holding> held() {
    return held;
  }

  /** Whether every node of a route holds its components. */
  boolean holds(Route route) {
    Map<NodeId, Holding> now = held;
    for (Hop hop : route.hops()) {
      if (!now.getOrDefault(hop.node(), Holding.NOTHING).has(hop.component())) {
        return false;
      }
    }
    return true;
  }

  /**
   * Adds a route's components to what its nodes hold, and each stay of it as a program.
   *
   * @param batch samples that each node finds the fastest way for, or 0: see {@link Message.Hold}
   */
  CompletableFuture<Void> add(Route route, int batch) {
    Map<NodeId, Holding> needed = new HashMap<>();
    for (Itinerary.Leg leg : Itinerary.of(route, route.hops().get(0).node()).legs()) {
      if (!leg.hops().isEmpty()) {
        needed.merge(leg.node(), holding(leg.node(), leg.hops()), Holding::and);
      }
    }
    return add(needed, batch);
  }

  private static Holding holding(NodeId node, List<Hop> stay) {
    return holding(node, stay.stream().map(Hop::component).distinct().toList())
        .and(Holding.programs(stay));
  }

  /** Components, each a program by itself. */
  static Holding holding(NodeId node, Collection<Component> components) {
    try {
      return Holding.of(components);
    } catch (IllegalArgumentException e) {
      throw new RunFailure("%s cannot hold that: %s".formatted(node, e.getMessage()), e);
    }
  }

  /**
   * Adds to what nodes hold; a component that has the name of another that is held takes its place.
   *
   * @param batch as {@link #add(Route, int)} has it
   */
  CompletableFuture<Void> add(Map<NodeId, Holding> more, int batch) {
    return after(
        () -> {
          Map<NodeId, Holding> wanted = new HashMap<>(held);
          more.forEach((node, holding) -> wanted.merge(node, holding, Holding::and));
          return change(wanted, batch);
        });
  }

  /** Holds exactly this from now on; a node that is not named holds nothing. */
  CompletableFuture<Void> set(Map<NodeId, Holding> wanted) {
    return after(() -> change(wanted, 0));
  }

  private interface Change {
    CompletableFuture<Void> begin();
  }

  private synchronized CompletableFuture<Void> after(Change change) {
    last = last.handle((done, failure) -> null).thenCompose(ignored -> change.begin());
    return last;
  }

  /**
   * One node after the other: they may share cores, and each finds out what is fastest where it is
   * alone.
   */
  private CompletableFuture<Void> change(Map<NodeId, Holding> wanted, int batch) {
    Set<NodeId> nodes = new TreeSet<>(Comparator.comparingInt(NodeId::index));
    nodes.addAll(wanted.keySet());
    nodes.addAll(held.keySet());
    CompletableFuture<Void> all = CompletableFuture.completedFuture(null);
    List<CompletableFuture<Void>> changes = new ArrayList<>();
    for (NodeId node : nodes) {
      Holding holding = wanted.getOrDefault(node, Holding.NOTHING);
      if (!holding.equals(held.getOrDefault(node, Holding.NOTHING))) {
        // What one node cannot do is no reason for the others to go without.
        all = all.handle((done, failure) -> null).thenCompose(x -> change(node, holding, batch));
        changes.add(all);
      }
    }
    return CompletableFuture.allOf(changes.toArray(CompletableFuture[]::new));
  }

  private CompletableFuture<Void> change(NodeId node, Holding holding, int batch) {
    // Reading weights takes long: not on an event loop, where a change may be begun.
    return CompletableFuture.supplyAsync(() -> placements(holding.components().values()))
        .thenCompose(placements -> hold(node, placements, assemblies(node, holding), batch))
        .thenAccept(answer -> changed(node, holding, answer.assemblies()));
  }

  private synchronized void changed(NodeId node, Holding holding, List<Assembly> assemblies) {
    Map<NodeId, Holding> now = new HashMap<>(held);
    now.put(node, holding);
    held = now;
    for (Assembly a : assemblies) {
      if (!a.isFree()) {
        ways.computeIfAbsent(node, n -> new HashMap<>())
            .put(Inference.program(a.components()), new Inference.Way(a.engine(), a.threads()));
      }
    }
  }

  /** How a node was found to run programs until now, by {@link Inference#program}. */
  synchronized Map<String, Inference.Way> ways(NodeId node) {
    return Map.copyOf(ways.getOrDefault(node, Map.of()));
  }

  private List<Placement> placements(Collection<Component> components) {
    return components.stream()
        .map(c -> new Placement(c, hashes.computeIfAbsent(c, k -> read(k).sha256())))
        .toList();
  }

  private List<Assembly> assemblies(NodeId node, Holding holding) {
    Map<String, Inference.Way> wanted =
        told == null ? Map.of() : told.node(node).inference().ways();
    List<Assembly> assemblies = new ArrayList<>();
    for (List<String> program : holding.programs()) {
      Inference.Way way = wanted.get(Inference.program(program));
      assemblies.add(
          way == null ? Assembly.of(program) : new Assembly(program, way.engine(), way.threads()));
    }
    return assemblies;
  }

  private ComponentWeights read(Component component) {
    return ComponentWeights.read(modelDirectory, component);
  }

  private CompletableFuture<Message.Held> hold(
      NodeId node, List<Placement> placements, List<Assembly> assemblies, int asked) {
    // Where every way is told there is nothing to measure, and tasks may be under way.
    boolean allTold = told != null && assemblies.stream().noneMatch(Assembly::isFree);
    int batch = asked == 0 && allTold ? told.batch() : asked;
    if (node.isCloud()) {
      return cloud.hold(
          new Message.Hold(0, placements, assemblies, batch), p -> read(p.component()));
    }
    RemoteEdge edge = edges.apply(node);
    Map<String, Component> byHash = new HashMap<>();
    placements.forEach(p -> byHash.put(p.sha256(), p.component()));
    return edge.request(
            id -> new Message.Offer(id, List.copyOf(byHash.keySet())), Message.Missing.class)
        .thenCompose(missing -> send(edge, missing.sha256(), byHash))
        .thenCompose(
            sent ->
                edge.request(
                    id -> new Message.Hold(id, placements, assemblies, batch), Message.Held.class));
  }

  /** One after the other, so that not all of them are in memory at once. */
  private CompletableFuture<Void> send(
      RemoteEdge edge, List<String> missing, Map<String, Component> byHash) {
    CompletableFuture<Void> sent = CompletableFuture.completedFuture(null);
    for (String sha256 : missing) {
      Component component = byHash.get(sha256);
      if (component == null) {
        return CompletableFuture.failedFuture(
            new RunFailure(
                "%s asks for weights %s, which were not offered".formatted(edge, sha256)));
      }
      sent = sent.thenComposeAsync(before -> send(edge, sha256, component));
    }
    return sent;
  }

  private CompletableFuture<Void> send(RemoteEdge edge, String sha256, Component component) {
    ComponentWeights weights = read(component);
    if (weights.bytes() > edge.maxPayloadBytes()) {
      return CompletableFuture.failedFuture(
          new RunFailure(
              String.format(
                  Locale.ROOT,
                  "the weights of '%s' take %d bytes, over the frame limit of %d",
                  component,
                  weights.bytes(),
                  edge.maxPayloadBytes())));
    }
    CompletableFuture<Void> sent = new CompletableFuture<>();
    ChannelFuture write =
        edge.send(new Message.Weights(sha256, Unpooled.wrappedBuffer(weights.blob())));
    write.addListener(
        done -> {
          if (done.isSuccess()) {
            sent.complete(null);
          } else {
            sent.completeExceptionally(
                edge.gone() != null
                    ? edge.gone()
                    : new RunFailure("%s is gone: %s".formatted(edge, done.cause().getMessage())));
          }
        });
    return sent;
  }
}
