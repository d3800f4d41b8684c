package io.offloadlab.node;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.offloadlab.failure.RunFailure;
import io.offloadlab.graph.Component;
import io.offloadlab.strategy.Hop;
import io.offloadlab.strategy.NodeId;
import io.offloadlab.strategy.Route;
import io.offloadlab.weights.ComponentWeights;
import io.offloadlab.wire.Message;
import io.offloadlab.wire.Message.Placement;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
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
  private volatile Map<NodeId, Map<String, Component>> held = Map.of();
  private CompletableFuture<Void> last = CompletableFuture.completedFuture(null);

  Deployer(Path modelDirectory, ComponentHost cloud, Function<NodeId, RemoteEdge> edges) {
    this.modelDirectory = modelDirectory;
    this.cloud = cloud;
    this.edges = edges;
  }

  /** What each node holds. */
  Map<NodeId, List<Component>> held() {
    Map<NodeId, List<Component>> now = new HashMap<>();
    held.forEach((node, components) -> now.put(node, List.copyOf(components.values())));
    return now;
  }

  /** Whether every node of a route holds its components. */
  boolean holds(Route route) {
    Map<NodeId, Map<String, Component>> now = held;
    return route.hops().stream().allMatch(h -> holds(now, h));
  }

  private static boolean holds(Map<NodeId, Map<String, Component>> held, Hop hop) {
    return hop.component()
        .equals(held.getOrDefault(hop.node(), Map.of()).get(hop.component().name()));
  }

  /** Adds a route's components to what its nodes hold. */
  CompletableFuture<Void> add(Route route) {
    Map<NodeId, Set<Component>> needed = new HashMap<>();
    for (Hop hop : route.hops()) {
      needed.computeIfAbsent(hop.node(), n -> new HashSet<>()).add(hop.component());
    }
    return add(needed);
  }

  /**
   * Adds components to what their nodes hold; one that has the name of another that is held takes
   * its place.
   */
  CompletableFuture<Void> add(Map<NodeId, ? extends Collection<Component>> components) {
    return after(
        () -> {
          Map<NodeId, Map<String, Component>> wanted = new HashMap<>(held);
          components.forEach(
              (node, cs) -> {
                Map<String, Component> all = new HashMap<>(wanted.getOrDefault(node, Map.of()));
                all.putAll(byName(node, cs));
                wanted.put(node, all);
              });
          return change(wanted);
        });
  }

  /** Holds exactly these components from now on; a node that is not named holds none. */
  CompletableFuture<Void> set(Map<NodeId, ? extends Collection<Component>> components) {
    return after(
        () -> {
          Map<NodeId, Map<String, Component>> wanted = new HashMap<>();
          components.forEach((node, cs) -> wanted.put(node, byName(node, cs)));
          return change(wanted);
        });
  }

  private static Map<String, Component> byName(NodeId node, Collection<Component> components) {
    try {
      return Component.byName(components);
    } catch (IllegalArgumentException e) {
      throw new RunFailure("%s cannot hold that: %s".formatted(node, e.getMessage()), e);
    }
  }

  private interface Change {
    CompletableFuture<Void> begin();
  }

  private synchronized CompletableFuture<Void> after(Change change) {
    last = last.handle((done, failure) -> null).thenCompose(ignored -> change.begin());
    return last;
  }

  private CompletableFuture<Void> change(Map<NodeId, Map<String, Component>> wanted) {
    Set<NodeId> nodes = new HashSet<>(wanted.keySet());
    nodes.addAll(held.keySet());
    List<CompletableFuture<Void>> changes = new ArrayList<>();
    for (NodeId node : nodes) {
      Map<String, Component> components = wanted.getOrDefault(node, Map.of());
      if (!components.equals(held.getOrDefault(node, Map.of()))) {
        // Reading weights takes long: not on an event loop, where a change may be begun.
        changes.add(
            CompletableFuture.supplyAsync(() -> placements(components.values()))
                .thenCompose(placements -> change(node, placements))
                .thenRun(() -> changed(node, components)));
      }
    }
    return CompletableFuture.allOf(changes.toArray(CompletableFuture[]::new));
  }

  private synchronized void changed(NodeId node, Map<String, Component> components) {
    Map<NodeId, Map<String, Component>> now = new HashMap<>(held);
    now.put(node, components);
    held = now;
  }

  private List<Placement> placements(Collection<Component> components) {
    return components.stream()
        .map(c -> new Placement(c, hashes.computeIfAbsent(c, k -> read(k).sha256())))
        .toList();
  }

  private ComponentWeights read(Component component) {
    return ComponentWeights.read(modelDirectory, component);
  }

  private CompletableFuture<Void> change(NodeId node, List<Placement> placements) {
    if (node.isCloud()) {
      return cloud.hold(placements, p -> read(p.component()));
    }
    RemoteEdge edge = edges.apply(node);
    Map<String, Component> byHash = new HashMap<>();
    placements.forEach(p -> byHash.put(p.sha256(), p.component()));
    return edge.request(
            id -> new Message.Offer(id, List.copyOf(byHash.keySet())), Message.Missing.class)
        .thenCompose(missing -> send(edge, missing.sha256(), byHash))
        .thenCompose(
            sent -> edge.request(id -> new Message.Hold(id, placements), Message.Held.class))
        .thenApply(answer -> null);
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
