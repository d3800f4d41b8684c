package io.offloadlab.strategy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * An immutable snapshot of what the runtime has measured of itself. A strategy decides from this
 * alone, so a decision can be made again from the view's file.
 *
 * @param batch images per task that component latencies were measured with
 * @param nodes index 0 is the cloud, then the edges
 * @param links index 0 belongs to edge 1
 */
public record SystemView(int batch, List<NodeView> nodes, List<LinkView> links) {
  /**
   * What was measured of a node.
   *
   * @param name the node's own name
   * @param flopsPerSecond speed over the whole network, emulated slowness included
   * @param cores processors it computes with
   * @param memoryBytes physical memory
   * @param componentSeconds median seconds per component (by name) for one whole batch; components
   *     not measured are estimated from the speed
   * @param available whether it can be given tasks: a node that is gone keeps its place and number
   * @param inference how it runs components together
   */
  public record NodeView(
      String name,
      double flopsPerSecond,
      int cores,
      long memoryBytes,
      Map<String, Double> componentSeconds,
      boolean available,
      Inference inference) {
    /** Copies the map. */
    public NodeView {
      componentSeconds = Map.copyOf(componentSeconds);
    }

    /** A node that is available. */
    public NodeView(
        String name,
        double flopsPerSecond,
        int cores,
        long memoryBytes,
        Map<String, Double> componentSeconds) {
      this(name, flopsPerSecond, cores, memoryBytes, componentSeconds, true, Inference.UNKNOWN);
    }

    /** The same with other times. */
    public NodeView withTimes(double flopsPerSecond, Map<String, Double> componentSeconds) {
      return new NodeView(
          name, flopsPerSecond, cores, memoryBytes, componentSeconds, available, inference);
    }

    /** The same under another name. */
    public NodeView named(String name) {
      return new NodeView(
          name, flopsPerSecond, cores, memoryBytes, componentSeconds, available, inference);
    }

    /** The same with what else was measured. */
    public NodeView with(Inference inference) {
      return new NodeView(
          name, flopsPerSecond, cores, memoryBytes, componentSeconds, available, inference);
    }

    /** The same, taking so many times as long for everything. */
    public NodeView slower(double factor) {
      Map<String, Double> seconds = new HashMap<>(componentSeconds);
      seconds.replaceAll((component, before) -> before * factor);
      return withTimes(flopsPerSecond / factor, seconds).with(inference.slower(factor));
    }

    /** The same, gone. */
    public NodeView unavailable() {
      return new NodeView(
          name, flopsPerSecond, cores, memoryBytes, componentSeconds, false, inference);
    }
  }

  /**
   * What was measured of the link between an edge and the cloud.
   *
   * @param upBytesPerSecond from edge to cloud
   * @param downBytesPerSecond from cloud to edge
   * @param rttSeconds round trip of an empty message
   */
  public record LinkView(double upBytesPerSecond, double downBytesPerSecond, double rttSeconds) {
    /**
     * The same link, emulated otherwise. An emulated link holds a frame back and then sends it over
     * what is there: times per byte add up, and so do round-trip times.
     *
     * @param was what was emulated while this was measured
     * @param wanted what is emulated instead
     */
    public LinkView emulated(LinkSpec was, LinkSpec wanted) {
      return new LinkView(
          rate(upBytesPerSecond, was.upBytesPerSecond(), wanted.upBytesPerSecond()),
          rate(downBytesPerSecond, was.downBytesPerSecond(), wanted.downBytesPerSecond()),
          Math.max(0, rttSeconds - was.rttSeconds()) + wanted.rttSeconds());
    }

    private static double rate(double measured, double was, double wanted) {
      return was == wanted ? measured : 1 / (Math.max(0, 1 / measured - 1 / was) + 1 / wanted);
    }
  }

  /** Copies the lists. */
  public SystemView {
    nodes = List.copyOf(nodes);
    links = List.copyOf(links);
    if (nodes.size() != links.size() + 1) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "a view has a cloud and a link per edge, not %d nodes and %d links",
              nodes.size(),
              links.size()));
    }
  }

  /** What was measured of a node. */
  public NodeView node(NodeId id) {
    return nodes.get(id.index());
  }

  /** The same view with a node that can be given no task; nodes keep their numbers. */
  public SystemView without(NodeId gone) {
    List<NodeView> changed = new ArrayList<>(nodes);
    changed.set(gone.index(), node(gone).unavailable());
    return new SystemView(batch, changed, links);
  }

  /** What was measured of an edge's link. */
  public LinkView link(NodeId edge) {
    return links.get(edge.index() - 1);
  }

  /** The same view with other links. */
  public SystemView with(List<LinkView> others) {
    return new SystemView(batch, nodes, others);
  }

  /** Every node, the cloud first. */
  public List<NodeId> nodeIds() {
    return IntStream.range(0, nodes.size()).mapToObj(NodeId::new).toList();
  }
}
