package io.offloadlab.node;

import io.netty.channel.Channel;
import io.offloadlab.failure.RunFailure;
import io.offloadlab.strategy.NodeId;
import io.offloadlab.wire.Message.Hello;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/** The places for edges, and who has them. Safe for use by many threads. */
final class EdgeRegistry {
  private final int places;
  private final Consumer<RunFailure> onLoss;
  private final NavigableMap<Integer, RemoteEdge> edges = new TreeMap<>();
  private final CompletableFuture<Void> full = new CompletableFuture<>();

  /** Makes the edge of a given number. */
  interface Maker {
    RemoteEdge make(NodeId id, Hello hello, Channel channel);
  }

  /**
   * @param onLoss told of an edge that is lost when all had come
   */
  EdgeRegistry(int places, Consumer<RunFailure> onLoss) {
    this.places = places;
    this.onLoss = onLoss;
  }

  /**
   * Gives an edge the place that its name asks for ({@code edge-2}), or else the first free one.
   *
   * @throws RunFailure if every place is taken
   */
  synchronized RemoteEdge join(Hello hello, Channel channel, Maker maker) {
    if (full.isDone() || edges.size() == places) {
      throw new RunFailure(
          String.format(Locale.ROOT, "this cloud works with %d edge(s) and has them all", places));
    }
    int wanted = numberIn(hello.name());
    for (int i = 1; i <= places && (wanted < 1 || edges.containsKey(wanted)); i++) {
      wanted = edges.containsKey(i) ? 0 : i;
    }
    RemoteEdge edge = maker.make(NodeId.edge(wanted), hello, channel);
    edges.put(wanted, edge);
    return edge;
  }

  /** The welcome is on its way: from now on the edge takes requests. */
  synchronized void ready() {
    if (edges.size() == places) {
      full.complete(null);
    }
  }

  private int numberIn(String name) {
    for (int i = 1; i <= places; i++) {
      if (name.equals(NodeId.edge(i).toString())) {
        return i;
      }
    }
    return 0;
  }

  /** An edge is gone. Before all have come its place is free again; afterwards the run is over. */
  void left(RemoteEdge edge, String why) {
    boolean news = edge.lost(why);
    boolean over;
    synchronized (this) {
      over = full.isDone();
      if (!over) {
        edges.remove(edge.id().index(), edge);
      }
    }
    if (news && over) {
      onLoss.accept(edge.gone());
    }
  }

  /**
   * Waits for every place to be taken.
   *
   * @throws RunFailure naming how many are missing when the time is over
   */
  void await(Duration patience, int port) {
    try {
      full.get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new RunFailure(missing(patience, port), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RunFailure("interrupted while waiting for edges", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  private synchronized String missing(Duration patience, int port) {
    return String.format(
        Locale.ROOT,
        "%d of %d edge(s) missing after %d s (connected: %s): start them with this host and port %d",
        places - edges.size(),
        places,
        patience.toSeconds(),
        edges.isEmpty() ? "none" : edges.values(),
        port);
  }

  /** Those that are here, in order. */
  synchronized List<RemoteEdge> edges() {
    return new ArrayList<>(edges.values());
  }

  /**
   * @throws RunFailure if nobody has that place
   */
  synchronized RemoteEdge edge(NodeId id) {
    RemoteEdge edge = edges.get(id.index());
    if (edge == null) {
      throw new RunFailure(
          String.format(
              Locale.ROOT,
              "there is no %s: %d of %d edge(s) are connected",
              id,
              edges.size(),
              places));
    }
    return edge;
  }
}
