package io.offloadlab.strategy;

import java.util.List;

/** What an {@link AdaptiveStrategy} wants next for a task. */
public sealed interface Step {
  /**
   * Run one component, then ask again. Where the task does not hold the hop's node yet, it first
   * goes there and waits for the processor; when it gets it, the strategy is asked once more and
   * may think better of it.
   *
   * @param hop the next component and its node
   */
  record Compute(Hop hop) implements Step {}

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
