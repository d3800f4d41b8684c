package io.offloadlab.profile;

import io.offloadlab.strategy.Hop;
import io.offloadlab.strategy.LatencyModel;
import io.offloadlab.strategy.LinkSpec;
import io.offloadlab.strategy.NodeId;
import io.offloadlab.strategy.SystemView;
import io.offloadlab.strategy.SystemView.LinkView;
import io.offloadlab.strategy.SystemView.NodeView;
import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * The newest view of a running system: what was measured, corrected by the median of what recent
 * tasks experienced, unless it was frozen. Safe for use by many threads.
 *
 * <p>A node that slows down slows all its components: what ran lately corrects those that did not
 * run as well. Were only the ones corrected that ran, a busy machine would make every other choice
 * look better than the one in use, and strategies would wander among choices that are not.
 */
public final class LiveView {
  /** Smaller tensors say more of the round trip than of the bandwidth. */
  static final int LEAST_BYTES = 8 << 10;

  private SystemView base;
  private boolean frozen;
  private final List<Recent> slowness = new ArrayList<>();
  private final List<RecentLink> links = new ArrayList<>();

  /** The measured links as they are emulated now. */
  private final List<LinkView> emulated = new ArrayList<>();

  /** What tasks experienced of a link: bytes per second each way, seconds of a round trip. */
  private record RecentLink(Recent up, Recent down, Recent roundTrip) {
    RecentLink() {
      this(new Recent(), new Recent(), new Recent());
    }

    LinkView correcting(LinkView measured) {
      return new LinkView(
          up.medianOr(measured.upBytesPerSecond()),
          down.medianOr(measured.downBytesPerSecond()),
          roundTrip.medianOr(measured.rttSeconds()));
    }
  }

  /** What components took by themselves, by node, in seconds for the view's batch. */
  private final List<Map<String, DoubleSummaryStatistics>> experienced = new ArrayList<>();

  private LatencyModel model;

  /**
   * @param first the view until something is measured
   */
  public LiveView(SystemView first) {
    measured(first);
  }

  /** Starts again from a measurement. */
  public synchronized void measured(SystemView view) {
    base = view;
    model = new LatencyModel(view);
    frozen = false;
    forgetExperience();
    slowness.clear();
    view.nodes().forEach(n -> slowness.add(new Recent()));
    links.clear();
    view.links().forEach(l -> links.add(new RecentLink()));
    emulated.clear();
    emulated.addAll(view.links());
  }

  /**
   * A link is emulated otherwise from now on. That is known at once, as a radio knows what rate it
   * sends at; what tasks experienced of the link before says nothing any more. Frozen views follow,
   * too: what is emulated is no experience.
   *
   * @param measuredOn what was emulated when the view was measured
   * @param link what is emulated now
   */
  public synchronized void emulated(NodeId edge, LinkSpec measuredOn, LinkSpec link) {
    int i = edge.index() - 1;
    emulated.set(i, base.link(edge).emulated(measuredOn, link));
    links.set(i, new RecentLink());
  }

  /** Uses a view that nothing moves any more, so that decisions can be made again. */
  public synchronized void freeze(SystemView view) {
    measured(view);
    frozen = true;
  }

  /**
   * Components ran as one program. How long each of them took nobody saw: what was longer or
   * shorter than expected is attributed to all in the measured proportions.
   *
   * @param hops in a row on one node, with all of its cores
   * @param took seconds for the batch
   * @param batch samples
   */
  public synchronized void ran(List<Hop> hops, double took, int batch) {
    NodeId node = hops.get(0).node();
    Map<String, Double> alone = base.node(node).componentSeconds();
    for (int i = 0; i < hops.size(); i++) {
      if (!alone.containsKey(hops.get(i).component().name())) {
        return;
      }
    }
    double scaled = took * base.batch() / batch;
    double expected = model.computeSeconds(hops, base.batch());
    if (!(expected > 0)) {
      return;
    }
    slowness.get(node.index()).add(scaled / expected);
    Map<String, DoubleSummaryStatistics> here = experienced.get(node.index());
    for (int i = 0; i < hops.size(); i++) {
      String component = hops.get(i).component().name();
      here.computeIfAbsent(component, c -> new DoubleSummaryStatistics())
          .accept(alone.get(component) * scaled / expected);
    }
  }

  /**
   * A tensor went from an edge to the cloud, or back.
   *
   * @param up whether to the cloud
   * @param took seconds from the end of computing on one side to its arrival on the other
   */
  public synchronized void transferred(NodeId edge, boolean up, long bytes, double took) {
    RecentLink link = links.get(edge.index() - 1);
    double sending = took - emulated.get(edge.index() - 1).rttSeconds() / 2;
    if (bytes >= LEAST_BYTES && sending > 0) {
      (up ? link.up() : link.down()).add(bytes / sending);
    }
  }

  /** An empty message went to an edge and back. */
  public synchronized void pinged(NodeId edge, double rttSeconds) {
    links.get(edge.index() - 1).roundTrip().add(rttSeconds);
  }

  /**
   * A snapshot.
   *
   * @param available whether a node can be given tasks now
   */
  public synchronized SystemView snapshot(Predicate<NodeId> available) {
    if (frozen) {
      return emulated.equals(base.links()) ? base : base.with(List.copyOf(emulated));
    }
    List<NodeView> nodes = new ArrayList<>();
    List<LinkView> now = new ArrayList<>();
    for (NodeId id : base.nodeIds()) {
      NodeView n = base.node(id);
      double factor = slowness.get(id.index()).medianOr(1);
      NodeView newest = factor == 1 ? n : n.slower(factor);
      nodes.add(available.test(id) ? newest : newest.unavailable());
      if (!id.isCloud()) {
        now.add(links.get(id.index() - 1).correcting(emulated.get(id.index() - 1)));
      }
    }
    return new SystemView(base.batch(), nodes, now);
  }

  /** Begins anew with what {@link #experienced} tells; snapshots keep what they know. */
  public synchronized void forgetExperience() {
    experienced.clear();
    base.nodes().forEach(n -> experienced.add(new HashMap<>()));
  }

  /**
   * The measured view with the mean times that tasks experienced since, frozen or not: what a
   * simulation of such a stream rests on. Means and not medians, because it is to give mean
   * latencies. Components that too few tasks ran are as slow or fast as the others on their node
   * were on average.
   */
  public synchronized SystemView experienced() {
    List<NodeView> nodes = new ArrayList<>();
    for (NodeId id : base.nodeIds()) {
      NodeView n = base.node(id);
      Map<String, Double> seconds = new HashMap<>();
      double before = 0;
      double now = 0;
      for (Map.Entry<String, Double> c : n.componentSeconds().entrySet()) {
        DoubleSummaryStatistics ran = experienced.get(id.index()).get(c.getKey());
        if (ran != null && ran.getCount() >= Recent.ENOUGH) {
          seconds.put(c.getKey(), ran.getAverage());
          before += c.getValue();
          now += ran.getAverage();
        }
      }
      double factor = before > 0 ? now / before : 1;
      n.componentSeconds().forEach((c, measured) -> seconds.putIfAbsent(c, measured * factor));
      nodes.add(n.slower(factor).withTimes(n.flopsPerSecond() / factor, seconds));
    }
    return new SystemView(base.batch(), nodes, base.links());
  }
}
