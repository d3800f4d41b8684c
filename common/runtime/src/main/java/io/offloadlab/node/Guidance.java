package io.offloadlab.node;

import io.offloadlab.strategy.NodeId;
import io.offloadlab.wire.Segment;
import java.util.List;

/** Who is told how a walk goes, and tells where it goes on. Called by whichever thread knows. */
interface Guidance {
  /** For walks whose whole route is known. */
  Guidance NONE =
      new Guidance() {
        @Override
        public boolean wantsReports() {
          return false;
        }

        @Override
        public void reached(List<Double> entropies) {}

        @Override
        public void left(NodeId node, Segment segment) {}

        @Override
        public double expectedSeconds() {
          return 0;
        }
      };

  /** Whether edges are to report when an open leg has run out of steps. */
  boolean wantsReports();

  /**
   * The open leg holds its processor and has run out of steps.
   *
   * @param entropies of the class probabilities per sample, in nats, when the last step was an exit
   *     as a side branch; else empty
   */
  void reached(List<Double> entropies);

  /**
   * The tensor left a node whose processor it had.
   *
   * @param segment what happened there, on the node's own clock
   */
  void left(NodeId node, Segment segment);

  /** How long the task will compute at the cloud, as far as is decided. */
  double expectedSeconds();
}
