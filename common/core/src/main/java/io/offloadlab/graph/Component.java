package io.offloadlab.graph;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The unit that can be placed on a node: a contiguous piece of a network with one tensor in and one
 * out.
 *
 * @param name unique among the components of one model: {@code root}, {@code block-3} (as in the
 *     original network), {@code block-3@0.4} (pruned at sparsity 0.4), {@code exit-5}, {@code head}
 * @param graph the layers
 * @param weights where its weights rest
 */
public record Component(String name, ModelGraph graph, WeightRef weights) {
  /**
   * Components by their names, in order; equal ones once.
   *
   * @throws IllegalArgumentException if two that differ have one name: nodes hold and views tell
   *     components by name, so one of them would run in place of the other
   */
  public static Map<String, Component> byName(Collection<Component> components) {
    Map<String, Component> byName = new LinkedHashMap<>();
    for (Component c : components) {
      Component other = byName.putIfAbsent(c.name(), c);
      if (other != null && !other.equals(c)) {
        throw new IllegalArgumentException(
            "two different components are called '%s' (weights in %s and in %s)"
                .formatted(c.name(), other.weights(), c.weights()));
      }
    }
    return byName;
  }

  /** Shape of one sample entering. */
  public Shape input() {
    return graph.input();
  }

  /** Shape of one sample leaving. */
  public Shape output() {
    return graph.shape(graph.output());
  }

  /** Floating-point operations for one sample: 2 x multiply-accumulates. */
  public long flops() {
    return graph.flops();
  }

  /** Trainable parameters. */
  public long parameters() {
    return graph.parameters();
  }

  /** Bytes of the parameters in float32. */
  public long bytes() {
    return graph.parameters() * Shape.BYTES_PER_ELEMENT;
  }

  /** Size of the parameters in float32, in MiB (2^20 bytes). */
  public double sizeMib() {
    return graph.sizeMib();
  }

  @Override
  public String toString() {
    return name;
  }
}
