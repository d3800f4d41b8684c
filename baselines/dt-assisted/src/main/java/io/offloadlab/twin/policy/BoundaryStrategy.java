package io.offloadlab.twin.policy;

import io.offloadlab.graph.Component;
import io.offloadlab.strategy.AdaptiveStrategy;
import io.offloadlab.strategy.Hop;
import io.offloadlab.strategy.Inference;
import io.offloadlab.strategy.NodeId;
import io.offloadlab.strategy.Route;
import io.offloadlab.strategy.Signalling;
import io.offloadlab.strategy.Step;
import io.offloadlab.strategy.StrategyContext;
import io.offloadlab.strategy.SystemView;
import io.offloadlab.strategy.Task;
import io.offloadlab.strategy.TaskProgress;
import io.offloadlab.twin.decision.AccuracyBudget;
import io.offloadlab.twin.decision.AccuracyPrice;
import io.offloadlab.twin.decision.Action;
import io.offloadlab.twin.decision.Chains;
import io.offloadlab.twin.decision.DecisionSpace;
import io.offloadlab.twin.decision.Situation;
import io.offloadlab.twin.decision.Stop;
import io.offloadlab.twin.decision.Stops;
import io.offloadlab.twin.decision.Utility;
import io.offloadlab.twin.settings.Objective;
import io.offloadlab.twin.settings.TwinSettings;
import io.offloadlab.twin.traffic.WaitingMeter;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What every policy that decides at boundaries has in common; a subclass says when to stop. */
public abstract class BoundaryStrategy implements AdaptiveStrategy {
  private final Chains chains;
  private final StrategyContext context;
  private final TwinSettings settings;
  private final AccuracyBudget budget;
  private final Stops stops;
  private final Map<NodeId, WaitingMeter> devices = new HashMap<>();
  private final Map<NodeId, Decisions> spaces = new HashMap<>();
  private long evaluated;
  private long boundaries;

  /** A device's decisions and what they were reckoned from. */
  private record Decisions(
      DecisionSpace space, int batch, Times cloud, Times device, SystemView.LinkView link) {}

  /** What is reckoned from of a node. */
  private record Times(Map<String, Double> componentSeconds, Inference inference) {
    static Times of(SystemView.NodeView node) {
      return new Times(node.componentSeconds(), node.inference());
    }
  }

  /**
   * @param context the model and the scenario
   * @param settings see the presets
   */
  protected BoundaryStrategy(StrategyContext context, TwinSettings settings) {
    this.context = context;
    this.settings = settings;
    this.chains = Chains.of(context);
    this.stops = Stops.of(chains, context.scenario());
    double threshold = context.scenario().accuracyThreshold();
    this.budget =
        settings.objective() == Objective.LATENCY
            ? AccuracyBudget.binding(threshold)
            : AccuracyBudget.weighted(threshold, settings.alpha(), settings.alphaGain());
  }

  /**
   * Whether and how to stop now.
   *
   * @param s the situation
   * @param stops what may be done now, never empty
   * @param mustStop whether this is the last boundary at which the budget allows a stop
   * @return one of the stops; null to go on
   */
  protected abstract Action decide(Situation s, List<Action> stops, boolean mustStop);

  /** A question has come and nothing has been made of it yet: time has passed until now. */
  protected void before(TaskProgress p) {}

  /** A decision that stands: told to subclasses that learn. */
  protected void decided(Situation s, Action stop) {}

  @Override
  public Step next(TaskProgress p, SystemView view) {
    NodeId device = p.task().device();
    DecisionSpace space = space(device, p.task().batch(), view);
    WaitingMeter meter = meter(device, space);
    before(p);
    meter.seen(p);
    int boundary = p.holding() ? p.done().size() : Situation.ARRIVAL;
    Situation s =
        new Situation(
            p,
            space,
            boundary,
            p.holding() ? meter.waitedForHolder(p.nowSeconds()) : 0,
            meter.waiting(),
            p.holding() ? 0 : meter.expectedWait(p.nowSeconds()));
    Action stop = stop(s);
    decided(s, stop);
    if (stop == null) {
      if (s.atArrival()) {
        meter.joins();
      }
      return new Step.Compute(new Hop(chains.backbone().get(Math.max(0, boundary)), device));
    }
    budget.spend(stop.accuracy());
    if (p.holding()) {
      meter.leaves(p.nowSeconds() + stop.tail());
    }
    return new Step.Finish(stop.rest(chains, device));
  }

  private Action stop(Situation s) {
    DecisionSpace space = s.space();
    List<Action> here = s.atArrival() ? space.atArrival() : space.atBoundary().get(s.boundary());
    if (here.isEmpty()) {
      return null;
    }
    boundaries++;
    evaluated += here.size();
    List<Action> stops = here.stream().filter(a -> budget.allows(a.accuracy())).toList();
    boolean mustStop = later(s).noneMatch(a -> budget.allows(a.accuracy()));
    if (stops.isEmpty()) {
      // What was allowed when the task set out is not any more: as little harm as possible.
      return mustStop ? mostAccurate(here) : null;
    }
    return decide(s, stops, mustStop);
  }

  private static Action mostAccurate(List<Action> actions) {
    return actions.stream().max(Comparator.comparingDouble(Action::accuracy)).orElseThrow();
  }

  /** Stops that are still open when the task goes on. */
  static Stream<Action> later(Situation s) {
    return s.space().atBoundary().stream().skip(s.boundary() + 1L).flatMap(List::stream);
  }

  /** What is known of who waits for a device. */
  protected final WaitingMeter meter(NodeId device, DecisionSpace space) {
    return devices.computeIfAbsent(device, d -> new WaitingMeter(space.reach().get(space.last())));
  }

  /** The decisions of a device in one view of the system. */
  protected final DecisionSpace space(NodeId device, int batch, SystemView view) {
    Times cloud = Times.of(view.node(NodeId.CLOUD));
    Times here = Times.of(view.node(device));
    Decisions known = spaces.get(device);
    if (known == null
        || known.batch != batch
        || !known.cloud.equals(cloud)
        || !known.device.equals(here)
        || !known.link.equals(view.link(device))) {
      DecisionSpace space =
          DecisionSpace.of(
              chains,
              context.scenario(),
              stops,
              view,
              device,
              batch,
              settings.energy(),
              settings.jouleWeight(),
              settings.prune());
      known = new Decisions(space, batch, cloud, here, view.link(device));
      spaces.put(device, known);
      if (budget.wantsPrice()) {
        budget.priced(
            AccuracyPrice.of(
                spaces.values().stream().map(d -> d.space().all()).toList(),
                context.scenario().accuracyThreshold()));
      }
    }
    return known.space;
  }

  /** What a task is worth by itself. */
  protected final Utility utility() {
    return new Utility(budget.alpha(), settings.jouleWeight());
  }

  /** What is known of the devices that tasks were on. */
  protected final Collection<WaitingMeter> devices() {
    return devices.values();
  }

  /** The backbone and its exits. */
  public final Chains chains() {
    return chains;
  }

  /** The model and the scenario. */
  public final StrategyContext context() {
    return context;
  }

  /** What it decides by. */
  public final TwinSettings settings() {
    return settings;
  }

  /** What accuracy the stream has still to make up for. */
  protected final AccuracyBudget budget() {
    return budget;
  }

  /** Stops whose utility was reckoned. */
  public long evaluated() {
    return evaluated;
  }

  /** Questions that were not answered by pruning alone. */
  public long boundaries() {
    return boundaries;
  }

  @Override
  public List<Component> components() {
    return chains.components();
  }

  /** The best stop in an idle system. */
  @Override
  public Route route(Task task, SystemView view) {
    DecisionSpace space = space(task.device(), task.batch(), view);
    Action best =
        space.all().stream()
            .filter(a -> budget.allows(a.accuracy()))
            .max(Comparator.comparingDouble(a -> utility().of(a, 0, 0, 0)))
            .orElseGet(() -> mostAccurate(space.all()));
    return new Stop(best.exit(), best.boundary(), best.upload()).route(chains, task.device());
  }

  @Override
  public List<Route> routes(Task task) {
    return stops.of(task.device()).stream().map(s -> s.route(chains, task.device())).toList();
  }

  @Override
  public Signalling signalling() {
    return settings.statusTwin() ? Signalling.PREDICTED : Signalling.REPORTED;
  }

  @Override
  public double expectedAccuracy(Route route) {
    return chains.exitOf(route).accuracy();
  }
}
