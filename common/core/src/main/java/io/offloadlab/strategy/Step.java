package io.offloadlab.strategy;

import java.util.List;

/** What an {@link AdaptiveStrategy} wants next for a task. */
public sealed interface Step {
  /** What it decides, in order. */
  List<Hop> hops();

  /**
   * Run some components, then ask again: the way to the next boundary at which the task may stop.
   * Where the task does not hold their node yet, it first goes there and waits for the processor;
   * when it gets it, the strategy is asked once more and may think better of it.
   *
   * <p>A last hop that is a side branch judges the samples: the next question comes with the
   * entropies of its exit ({@link TaskProgress#entropies}), and the task may go on from the tensor
   * before it.
   *
   * @param hops at least one, all on one node
   */
  record Compute(List<Hop> hops) implements Step {
    /**
     * @throws IllegalArgumentException if there is none, or they are on several nodes
     */
    public Compute {
      hops = List.copyOf(hops);
      if (hops.stream().map(Hop::node).distinct().count() != 1) {
        throw new IllegalArgumentException(
            "a step computes at least one component, all on one node, not " + hops);
      }
    }

    /** One component. */
    public Compute(Hop hop) {
      this(List.of(hop));
    }
  }

  /**
   * The rest of the route, without further questions.
   *
   * @param hops components in order; empty when the last one that ran gave the prediction
   */
  record Finish(List<Hop> hops) implements Step {
    /** Copies the list. */
    public Finish {
      hops = List.copyOf(hops);
    }
  }
}
