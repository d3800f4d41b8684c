package io.offloadlab.strategy;

/**
 * A node of the system: the cloud or one of its edges.
 *
 * @param index 0 for the cloud, 1 and up for the edges
 */
public record NodeId(int index) implements Comparable<NodeId> {
  /** The cloud node, which every edge is connected to. */
  public static final NodeId CLOUD = new NodeId(0);

  /**
   * @throws IllegalArgumentException if the index is negative
   */
  public NodeId {
    if (index < 0) {
      throw new IllegalArgumentException("a node's index is not negative: " + index);
    }
  }

  /**
   * An edge node.
   *
   * @param number 1 for the first edge
   * @throws IllegalArgumentException if the number is less than 1
   */
  public static NodeId edge(int number) {
    if (number < 1) {
      throw new IllegalArgumentException("edges are numbered from 1, not " + number);
    }
    return new NodeId(number);
  }

  /** Whether this is the cloud. */
  public boolean isCloud() {
    return index == 0;
  }

  @Override
  public int compareTo(NodeId other) {
    return Integer.compare(index, other.index);
  }

  /** {@code cloud}, {@code edge-1}, {@code edge-2} … */
  @Override
  public String toString() {
    return isCloud() ? "cloud" : "edge-" + index;
  }
}
