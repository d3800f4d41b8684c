package io.offloadlab.strategy;

import io.offloadlab.graph.Component;
import io.offloadlab.graph.Shape;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Which components a task goes through, in order, and on which node each of them runs. The input
 * comes from the task's source and the prediction returns there.
 *
 * @param hops at least one; each component takes the shape that the one before it gives, side
 *     branches aside
 */
public record Route(List<Hop> hops) {
  /**
   * @throws IllegalArgumentException if there is no hop, or two neighbours do not fit together
   */
  public Route {
    hops = List.copyOf(hops);
    if (hops.isEmpty()) {
      throw new IllegalArgumentException("a route has at least one hop");
    }
    Component before = null;
    for (Hop hop : hops) {
      Component after = hop.component();
      if (before != null && !before.output().equals(after.input())) {
        throw new IllegalArgumentException(
            "'%s' gives %s but '%s' takes %s"
                .formatted(before, before.output(), after, after.input()));
      }
      before = hop.sideBranch() ? before : after;
    }
  }

  /**
   * Shape of one sample after some hops.
   *
   * @param hops at least one, in order
   * @param end whether the route ends here: then a side branch gives the prediction, else it leaves
   *     the tensor alone
   */
  public static Shape after(List<Hop> hops, boolean end) {
    for (int i = hops.size() - 1; i >= 0; i--) {
      if (end || !hops.get(i).sideBranch()) {
        return hops.get(i).component().output();
      }
    }
    return hops.get(0).component().input();
  }

  /** Every component of a chain on one node. */
  public static Route onOneNode(List<Component> chain, NodeId node) {
    return new Route(chain.stream().map(c -> new Hop(c, node)).toList());
  }

  /**
   * A chain split once: the first components on one node, the rest on another.
   *
   * @param chain components in order
   * @param split how many of them the first node runs, 0 to {@code chain.size()}
   * @param first node of the components before the split point
   * @param second node of the components after it
   */
  public static Route split(List<Component> chain, int split, NodeId first, NodeId second) {
    if (split < 0 || split > chain.size()) {
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "split point %d is not in 0..%d", split, chain.size()));
    }
    List<Hop> hops =
        IntStream.range(0, chain.size())
            .mapToObj(i -> new Hop(chain.get(i), i < split ? first : second))
            .toList();
    return new Route(hops);
  }

  /** Components in order. */
  public List<Component> components() {
    return hops.stream().map(Hop::component).toList();
  }

  /** Shape of one input sample. */
  public Shape input() {
    return hops.get(0).component().input();
  }

  /** Floating-point operations for one sample. */
  public long flops() {
    return hops.stream().mapToLong(h -> h.component().flops()).sum();
  }

  /** Size of the network that the route runs, in MiB: the sum over its components. */
  public double sizeMib() {
    return hops.stream().mapToDouble(h -> h.component().sizeMib()).sum();
  }

  /** Bytes of parameters that the route needs on a node. */
  public long bytesOn(NodeId node) {
    return hops.stream()
        .filter(h -> h.node().equals(node))
        .mapToLong(h -> h.component().bytes())
        .sum();
  }

  /** {@code root>block-0 @cloud | block-1@0.4>head @edge-1}: neighbours on one node together. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < hops.size(); ) {
      NodeId node = hops.get(i).node();
      int from = i;
      while (i < hops.size() && hops.get(i).node().equals(node)) {
        i++;
      }
      text.append(text.isEmpty() ? "" : " | ")
          .append(
              hops.subList(from, i).stream()
                  .map(h -> h.component().name())
                  .collect(Collectors.joining(">")))
          .append(" @")
          .append(node);
    }
    return text.toString();
  }
}
