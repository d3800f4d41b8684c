package io.offloadlab.course;

import io.offloadlab.strategy.Hop;
import io.offloadlab.strategy.NodeId;
import java.util.List;

/** What a task does next, told to whoever moves it. */
public sealed interface Move {
  /** Nothing is known until the strategy has been asked: see {@link Course#answered}. */
  Move ASK = new Ask();

  /** See {@link #ASK}. */
  record Ask() implements Move {}

  /**
   * Leave the processor that is held, go to a node and wait there for its processor, then tell
   * {@link Course#granted}.
   */
  record Go(NodeId node) implements Move {}

  /**
   * Run these on the processor that is held, then tell {@link Course#ran}.
   *
   * @param hops at least one, all on the node that the task is on
   */
  record Run(List<Hop> hops) implements Move {}

  /** Leave the processor; the prediction goes to the source, then tell {@link Course#finish}. */
  record Return(NodeId source) implements Move {}
}
