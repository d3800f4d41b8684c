package io.offloadlab.ddpg;

import io.offloadlab.branchynet.BranchyNet;
import io.offloadlab.ddpg.environment.CollaborationModel;
import io.offloadlab.ddpg.environment.Objective;
import io.offloadlab.ddpg.planning.Solution;
import io.offloadlab.failure.RunFailure;
import io.offloadlab.graph.Component;
import io.offloadlab.strategy.NodeId;
import io.offloadlab.strategy.OffloadStrategy;
import io.offloadlab.strategy.Route;
import io.offloadlab.strategy.StrategyContext;
import io.offloadlab.strategy.SystemView;
import io.offloadlab.strategy.Task;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Routes every task by its device's part of the plan. The first plan is learned before the first
 * task; when the system has moved, another is learned on a thread of its own while tasks go on by
 * the old one, and takes over when it is ready.
 */
final class DdpgStrategy implements OffloadStrategy {
  private static final Logger LOG = LoggerFactory.getLogger(DdpgStrategy.class);

  private final BranchyNet network;
  private final StrategyContext context;
  private final Objective objective;
  private final Function<CollaborationModel, Solution> planner;
  private final int reoptimiseEvery;
  private final double staleness;
  private final List<String> remarks = new ArrayList<>();
  private final ExecutorService background =
      Executors.newSingleThreadExecutor(
          work -> {
            Thread thread = new Thread(work, "ddpg-reoptimisation");
            thread.setDaemon(true);
            return thread;
          });

  private Planned planned;
  private Future<Planned> next;
  private long routed;

  private record Planned(CollaborationModel model, Solution solution) {}

  /**
   * @param objective what plans are worth
   * @param planner finds a plan for a system; called from one thread at a time
   * @param reoptimiseEvery tasks after which the plan is reconsidered; 0 for never
   * @param staleness mean relative change of latencies beyond which it is made anew
   */
  DdpgStrategy(
      StrategyContext context,
      Objective objective,
      Function<CollaborationModel, Solution> planner,
      int reoptimiseEvery,
      double staleness) {
    this.context = context;
    this.network = new BranchyNet(context.network());
    this.objective = objective;
    this.planner = planner;
    this.reoptimiseEvery = reoptimiseEvery;
    this.staleness = staleness;
  }

  @Override
  public List<Component> components() {
    return network.components();
  }

  @Override
  public Route route(Task task, SystemView view) {
    if (planned == null) {
      requireEveryNode(view);
      planned = plan(model(view));
      LOG.info("plan {}", planned.solution());
    } else {
      takeOver();
      reconsider(view);
    }
    routed++;
    int device = task.device().index() - 1;
    return planned.model().route(device, planned.solution().plan().get(device));
  }

  /** An agent that learns where a node takes for ever diverges: there is nothing to learn from. */
  private static void requireEveryNode(SystemView view) {
    for (NodeId node : view.nodeIds()) {
      if (!view.node(node).available()) {
        throw new RunFailure(
            "DEC-DNN-IO plans for every node, but %s is not available in this view: leave ddpg out, or measure the view again"
                .formatted(node));
      }
    }
  }

  private CollaborationModel model(SystemView view) {
    return new CollaborationModel(network, context.profile(), context.scenario(), view, objective);
  }

  private Planned plan(CollaborationModel model) {
    return new Planned(model, planner.apply(model));
  }

  private void reconsider(SystemView view) {
    if (next != null || reoptimiseEvery == 0 || routed % reoptimiseEvery != 0) {
      return;
    }
    CollaborationModel now = model(view);
    if (planned.model().distance(now) > staleness) {
      next = background.submit(() -> plan(now));
    }
  }

  private void takeOver() {
    if (next == null || !next.isDone()) {
      return;
    }
    try {
      planned = next.get();
      remark(
          String.format(
              Locale.ROOT,
              "task %d: the system had moved, plan is now %s",
              routed,
              planned.solution()));
    } catch (ExecutionException e) {
      // The old plan still stands; the reader of the results is told.
      LOG.warn("re-optimisation failed", e.getCause());
      remark(
          String.format(
              Locale.ROOT,
              "task %d: re-optimisation failed (%s)",
              routed,
              e.getCause().getMessage()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RunFailure("interrupted while taking over a plan", e);
    } finally {
      next = null;
    }
  }

  private void remark(String text) {
    LOG.info("{}", text);
    remarks.add(text);
  }

  @Override
  public double expectedAccuracy(Route route) {
    return context.profile().exits().get(BranchyNet.exitOf(route.components())).accuracy();
  }

  @Override
  public List<String> remarks() {
    return List.copyOf(remarks);
  }

  /** A plan that is being learned is there for the next task; what fails shows when it is taken. */
  @Override
  public void settle() {
    if (next != null) {
      try {
        next.get();
      } catch (ExecutionException e) {
        LOG.debug("re-optimisation failed", e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** A plan that is being learned is given up: nobody will ask for it. */
  @Override
  public void close() {
    background.shutdownNow();
  }
}
