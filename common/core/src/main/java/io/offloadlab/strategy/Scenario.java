package io.offloadlab.strategy;

import java.util.List;
import java.util.Locale;

/**
 * The problem that every strategy is given: nodes, links, budgets and what is asked of them.
 *
 * @param name of the preset or file it came from
 * @param tasksAtCloud whether tasks arise at the cloud (else at the edge they are assigned to)
 * @param nodes settings per node: index 0 is the cloud, then the edges
 * @param links emulated link per edge: index 0 belongs to edge 1
 * @param arrivals when tasks arrive
 * @param batch images per task
 * @param accuracyThreshold least accuracy over the stream, in 0..1
 * @param seed drives every random choice
 * @param linkChanges how the link of each edge changes over the stream; empty if none does
 * @param power what nodes draw, for the energy in reports
 */
public record Scenario(
    String name,
    boolean tasksAtCloud,
    List<NodeSpec> nodes,
    List<LinkSpec> links,
    Arrivals arrivals,
    int batch,
    double accuracyThreshold,
    long seed,
    List<LinkChanges> linkChanges,
    Power power) {

  /**
   * Settings of one node.
   *
   * @param speedFactor 1 for the machine's own speed, 0.25 to take four times as long
   * @param memoryBudgetBytes most bytes of parameters it may hold; {@link Long#MAX_VALUE} for no
   *     limit
   */
  public record NodeSpec(double speedFactor, long memoryBudgetBytes) {
    /** A second becomes a month and a half; sums of such times are still numbers. */
    private static final double LEAST_SPEED = 2.5e-7;

    /** Refuses what no node can be. */
    public NodeSpec {
      if (speedFactor > 0 && speedFactor < LEAST_SPEED) {
        throw new IllegalArgumentException(
            "a speed factor is at least %s, not %s".formatted(LEAST_SPEED, speedFactor));
      }
      if (!(speedFactor > 0 && speedFactor <= 1)) {
        throw new IllegalArgumentException(
            "a speed factor is in (0, 1], not %s: a node cannot be emulated faster than it is"
                .formatted(speedFactor));
      }
      if (memoryBudgetBytes < 0) {
        throw new IllegalArgumentException("a memory budget is not negative");
      }
    }
  }

  /**
   * @throws IllegalArgumentException if there is no edge, links and edges differ in number, or a
   *     value is out of range
   */
  public Scenario {
    nodes = List.copyOf(nodes);
    links = List.copyOf(links);
    linkChanges =
        linkChanges.stream().allMatch(LinkChanges.NONE::equals)
            ? List.of()
            : List.copyOf(linkChanges);
    if (!linkChanges.isEmpty() && linkChanges.size() != links.size()) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "%d links have changes of their own each, not %d",
              links.size(),
              linkChanges.size()));
    }
    if (nodes.size() < 2 || links.size() != nodes.size() - 1) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "a scenario has a cloud, at least one edge and a link per edge, not %d nodes and %d links",
              nodes.size(),
              links.size()));
    }
    if (batch < 1) {
      throw new IllegalArgumentException("a batch has at least 1 image, not " + batch);
    }
    if (!(accuracyThreshold >= 0 && accuracyThreshold <= 1)) {
      throw new IllegalArgumentException(
          "an accuracy threshold is in 0..1, not " + accuracyThreshold);
    }
  }

  /** A scenario whose links stay as they are. */
  public Scenario(
      String name,
      boolean tasksAtCloud,
      List<NodeSpec> nodes,
      List<LinkSpec> links,
      Arrivals arrivals,
      int batch,
      double accuracyThreshold,
      long seed) {
    this(
        name,
        tasksAtCloud,
        nodes,
        links,
        arrivals,
        batch,
        accuracyThreshold,
        seed,
        List.of(),
        Power.RASPBERRY_PI_ON_WIFI);
  }

  /** The same with other chance; links change as before. */
  public Scenario withSeed(long other) {
    return new Scenario(
        name,
        tasksAtCloud,
        nodes,
        links,
        arrivals,
        batch,
        accuracyThreshold,
        other,
        linkChanges,
        power);
  }

  /** The links at a time of the stream. */
  public List<LinkSpec> linksAt(double seconds) {
    return LinkChanges.at(links, linkChanges, seconds);
  }

  /** Number of edges. */
  public int edges() {
    return links.size();
  }

  /** Most bytes of parameters that a node may hold. */
  public long memoryBudget(NodeId node) {
    return nodes.get(node.index()).memoryBudgetBytes();
  }

  /** Whether a route keeps every node within its memory budget. */
  public boolean fitsMemory(Route route) {
    return route.hops().stream()
        .map(Hop::node)
        .distinct()
        .allMatch(n -> route.bytesOn(n) <= memoryBudget(n));
  }
}
