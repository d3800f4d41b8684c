package io.offloadlab.profile;

import io.offloadlab.failure.RunFailure;
import io.offloadlab.graph.Component;
import io.offloadlab.strategy.SystemView;
import io.offloadlab.strategy.SystemView.LinkView;
import io.offloadlab.strategy.SystemView.NodeView;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * Measures a whole system. Nodes and links are measured one after the other, because the nodes of a
 * laboratory may share one machine.
 */
public final class Profiler {
  private static final int PINGS = 21;
  private static final int TRANSFERS = 3;
  private static final int FIRST_TRANSFER_BYTES = 16 << 10;
  private static final int LARGEST_TRANSFER_BYTES = 4 << 20;
  private static final double TRANSFER_BUDGET_SECONDS = 0.25;

  private final List<? extends ProfiledNode> nodes;
  private final List<? extends ProfiledLink> links;

  /**
   * @param nodes the cloud, then the edges
   * @param links index 0 belongs to edge 1
   */
  public Profiler(List<? extends ProfiledNode> nodes, List<? extends ProfiledLink> links) {
    this.nodes = List.copyOf(nodes);
    this.links = List.copyOf(links);
  }

  /**
   * Measures every component by itself and every chain as one program on every node, and every
   * link.
   *
   * @param components held by every node
   * @param chains of them, ready to run as one program; what components save when they run together
   *     is known from these
   * @param batch images per task
   * @param progress told about each step
   * @throws RunFailure if a node fails or is gone
   */
  public SystemView measure(
      List<Component> components,
      List<List<Component>> chains,
      int batch,
      ProfilingProgress progress) {
    int total = nodes.size() + links.size();
    int done = 0;
    List<NodeView> nodeViews = new ArrayList<>();
    for (ProfiledNode node : nodes) {
      progress.step(done++, total, "compute of " + node.name());
      nodeViews.add(new NodeMeasurement(node, components, chains, batch).view());
    }
    List<LinkView> linkViews = new ArrayList<>();
    for (ProfiledLink link : links) {
      progress.step(done++, total, "link to " + link.name());
      linkViews.add(measure(link));
    }
    progress.step(done, total, "");
    return new SystemView(batch, nodeViews, linkViews);
  }

  private static LinkView measure(ProfiledLink link) {
    List<Double> pings = new ArrayList<>();
    for (int i = 0; i < PINGS; i++) {
      pings.add(await(link.exchangeSeconds(0, 0)));
    }
    double shortest = Collections.min(pings);
    double up = bandwidth(bytes -> link.exchangeSeconds(0, bytes), shortest);
    double down = bandwidth(bytes -> link.exchangeSeconds(bytes, 0), shortest);
    return new LinkView(up, down, Medians.of(pings));
  }

  private interface Transfer {
    CompletableFuture<Double> seconds(int bytes);
  }

  /**
   * The fastest of a few bulk transfers: whatever else the machine does only makes one slower. As
   * many bytes as fit into the budget, so that a slow link does not take minutes.
   *
   * @param rtt the shortest round trip, for the same reason
   */
  private static double bandwidth(Transfer transfer, double rtt) {
    double first = Math.max(1e-9, await(transfer.seconds(FIRST_TRANSFER_BYTES)) - rtt);
    double affordable = TRANSFER_BUDGET_SECONDS * FIRST_TRANSFER_BYTES / first;
    int bytes = (int) Math.max(FIRST_TRANSFER_BYTES, Math.min(LARGEST_TRANSFER_BYTES, affordable));
    double best = Double.POSITIVE_INFINITY;
    for (int i = 0; i < TRANSFERS; i++) {
      best = Math.min(best, await(transfer.seconds(bytes)));
    }
    return bytes / Math.max(1e-9, best - rtt);
  }

  static <T> T await(CompletableFuture<T> measurement) {
    try {
      return measurement.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RunFailure failure ? failure : e;
    }
  }
}
