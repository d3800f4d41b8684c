package io.offloadlab.strategy;

import io.offloadlab.graph.Component;

/**
 * One step of a route: a component, the node that runs it, and with how many of its cores.
 *
 * @param component what is run
 * @param node where
 * @param cores processors it may use, or {@link #ALL_CORES}
 * @param sideBranch whether it runs beside the chain: an exit that judges the tensor, from which
 *     the task may go on as it was (BranchyNet, section III)
 */
public record Hop(Component component, NodeId node, int cores, boolean sideBranch) {
  /** As many cores as the node computes with. */
  public static final int ALL_CORES = 0;

  /**
   * @throws IllegalArgumentException if the number of cores is negative
   */
  public Hop {
    if (cores < 0) {
      throw new IllegalArgumentException("a hop's cores are not negative: " + cores);
    }
  }

  /** A hop along the chain. */
  public Hop(Component component, NodeId node, int cores) {
    this(component, node, cores, false);
  }

  /** A hop along the chain that may use every core of its node. */
  public Hop(Component component, NodeId node) {
    this(component, node, ALL_CORES);
  }

  /** An exit that judges the tensor beside the chain, with every core of its node. */
  public static Hop sideBranch(Component exit, NodeId node) {
    return new Hop(exit, node, ALL_CORES, true);
  }

  @Override
  public String toString() {
    return component.name() + ":" + node;
  }
}
