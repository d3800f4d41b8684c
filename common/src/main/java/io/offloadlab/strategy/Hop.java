package io.offloadlab.strategy;

import io.offloadlab.graph.Component;

/**
 * One step of a route: a component and the node that runs it.
 *
 * @param component what is run
 * @param node where
 */
public record Hop(Component component, NodeId node) {
  @Override
  public String toString() {
    return component.name() + ":" + node;
  }
}
