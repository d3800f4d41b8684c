package io.offloadlab.nn;

import io.offloadlab.graph.Component;
import io.offloadlab.weights.ComponentWeights;
import java.util.function.Supplier;

/**
 * A component that is to become part of a program.
 *
 * @param component what runs
 * @param weights reads its weights, each time that an engine loads it
 */
public record Part(Component component, Supplier<ComponentWeights> weights) {
  /** With weights that are in memory already. */
  public Part(Component component, ComponentWeights weights) {
    this(component, () -> weights);
  }
}
