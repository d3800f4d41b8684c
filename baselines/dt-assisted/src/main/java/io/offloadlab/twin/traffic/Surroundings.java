package io.offloadlab.twin.traffic;

import io.offloadlab.strategy.NodeId;
import io.offloadlab.strategy.TaskProgress;
import io.offloadlab.twin.decision.Action;
import io.offloadlab.twin.decision.DecisionSpace;
import io.offloadlab.twin.decision.Moment;
import io.offloadlab.twin.decision.Situation;
import io.offloadlab.twin.decision.Utility;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;

/**
 * What goes on around the devices, as far as their own tasks tell: who comes, how busy uplinks and
 * the cloud are, what is on its way there, and what those who come have at stake.
 */
public final class Surroundings {
  private final Map<NodeId, Traffic> traffics = new HashMap<>();
  private final Map<NodeId, Uploads> uploads = new HashMap<>();
  private final Traffic everybody = new Traffic();

  /** A question came; a task's first tells of its arrival. */
  public void seen(TaskProgress p) {
    if (!p.holding()) {
      double now = p.nowSeconds();
      traffic(p.task().device()).arrives(now, p.uplinkBacklogSeconds(), p.cloudBacklogSeconds());
      everybody.arrives(now, 0, 0);
    }
  }

  /**
   * The state at a question, with the device's uploads under way counted to the cloud's backlog.
   */
  public Moment moment(Situation s) {
    Uploads own = uploads(s.progress().task().device());
    return Moment.of(s).withCloud(own.cloudBacklog(s.cloud(), s.progress().nowSeconds()));
  }

  /** A task is uploaded. */
  public void uploads(NodeId device, Action stop, Moment m) {
    uploads(device).add(stop, m.time(), m.uplink());
  }

  /** What a task of the device does to others. */
  public Congestion congestion(NodeId device) {
    Traffic t = traffic(device);
    return new Congestion(
        t.rate(), everybody.rate(), t.uplinkBusy(), t.cloudBusy(), t.stakes(), everybody.stakes());
  }

  /**
   * A task was decided on at its arrival.
   *
   * @param u what stops were worth
   * @param allowed stops that might have been chosen
   * @return what it had at stake
   */
  public Stake stake(
      NodeId device, Moment arrival, DecisionSpace space, Utility u, Predicate<Action> allowed) {
    Stake stake = Stake.of(arrival, space, u, allowed);
    traffic(device).stakes().add(stake);
    everybody.stakes().add(stake);
    return stake;
  }

  private Traffic traffic(NodeId device) {
    return traffics.computeIfAbsent(device, d -> new Traffic());
  }

  private Uploads uploads(NodeId device) {
    return uploads.computeIfAbsent(device, d -> new Uploads());
  }
}
