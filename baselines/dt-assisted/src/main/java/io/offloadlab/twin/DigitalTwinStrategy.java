package io.offloadlab.twin;

import io.offloadlab.strategy.Arrivals;
import io.offloadlab.strategy.NodeId;
import io.offloadlab.strategy.Route;
import io.offloadlab.strategy.StrategyContext;
import io.offloadlab.strategy.SystemView;
import io.offloadlab.strategy.Task;
import io.offloadlab.strategy.TaskProgress;
import io.offloadlab.strategy.TaskRecord;
import io.offloadlab.twin.decision.Action;
import io.offloadlab.twin.decision.DecisionSpace;
import io.offloadlab.twin.decision.ExitPoint;
import io.offloadlab.twin.decision.Moment;
import io.offloadlab.twin.decision.Situation;
import io.offloadlab.twin.decision.Utility;
import io.offloadlab.twin.learning.ContValueNet;
import io.offloadlab.twin.learning.TwinCheckpoint;
import io.offloadlab.twin.policy.BoundaryStrategy;
import io.offloadlab.twin.settings.TwinSettings;
import io.offloadlab.twin.traffic.Stake;
import io.offloadlab.twin.traffic.Surroundings;
import io.offloadlab.twin.traffic.WaitingMeter;
import io.offloadlab.twin.workload.WorkloadTwin;
import io.offloadlab.twin.workload.WorkloadTwin.Terms;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Predicate;

/**
 * The digital-twin-assisted strategy: stops where stopping is worth at least as much as going on is
 * expected to be, and learns the latter while the stream runs.
 */
public final class DigitalTwinStrategy extends BoundaryStrategy {
  private static final double FIRST_SCALE = 0.1;
  private static final long UNHURRIED_STEPS = 500;

  private final Map<NodeId, WorkloadTwin> twins = new HashMap<>();
  private final Surroundings surroundings = new Surroundings();
  private final Map<Integer, Moment> arrivals = new HashMap<>();
  private final SplittableRandom chance;
  private final TwinCheckpoint checkpoint;
  private final TwinCheckpoint.Content start;
  private ContValueNet net;
  private double scale = FIRST_SCALE;
  private long tasks;

  /**
   * @param context the model and the scenario
   * @param settings see the presets
   * @param checkpoint where learning goes on from and is kept; {@link TwinCheckpoint#NONE} for
   *     nowhere
   * @throws io.offloadlab.failure.RunFailure if the checkpoint is not one to go on from
   */
  public DigitalTwinStrategy(
      StrategyContext context, TwinSettings settings, TwinCheckpoint checkpoint) {
    this(context, settings, checkpoint, checkpoint.load(settings).orElse(null));
  }

  /**
   * @param start what learning goes on from; null for nothing
   */
  public DigitalTwinStrategy(
      StrategyContext context,
      TwinSettings settings,
      TwinCheckpoint checkpoint,
      TwinCheckpoint.Content start) {
    super(context, settings);
    this.checkpoint = checkpoint;
    this.start = start;
    this.chance = new SplittableRandom(context().scenario().seed());
  }

  private ContValueNet net(DecisionSpace space) {
    if (net == null) {
      scale = Math.max(1e-6, space.reach().get(space.last()));
      net =
          new ContValueNet(
              Moment.inputs(settings().lookahead()),
              settings(),
              scale,
              context().scenario().seed());
      if (start != null) {
        net.restore(start.memory());
      }
    }
    return net;
  }

  private WorkloadTwin twin(NodeId device) {
    return twins.computeIfAbsent(
        device,
        d -> new WorkloadTwin(settings().augment(), settings().lookahead(), scale, net::learn));
  }

  /** What a task is worth with what it does to others. */
  private Utility social(NodeId device) {
    Utility own = utility();
    // In a sequential stream nobody comes while a task is under way.
    boolean alone =
        context().scenario().arrivals() instanceof Arrivals.Sequential s && s.inFlight() == 1;
    return settings().congestion() && !alone
        ? new Utility(own.alpha(), own.beta(), surroundings.congestion(device))
        : own;
  }

  /** A task that is not asked at its arrival waits for the device, whatever it costs. */
  private Stake stake(Moment arrival, NodeId device, DecisionSpace space) {
    return settings().askAtArrival()
        ? surroundings.stake(
            device, arrival, space, social(device), a -> budget().allows(a.accuracy()))
        : Stake.WAITS;
  }

  private Terms terms(NodeId device, DecisionSpace space) {
    // As it is now: what the budget allows changes from task to task.
    Map<ExitPoint, Boolean> allowed = new HashMap<>();
    chains().exits().forEach(e -> allowed.put(e, budget().allows(e.accuracy())));
    Predicate<Action> now = a -> allowed.get(a.exit());
    return new Terms(space, social(device), now);
  }

  @Override
  protected void before(TaskProgress p) {
    surroundings.seen(p);
    WorkloadTwin twin = twins.get(p.task().device());
    if (twin != null) {
      twin.passes(p.nowSeconds());
    }
  }

  @Override
  protected Action decide(Situation s, List<Action> stops, boolean mustStop) {
    Moment m = surroundings.moment(s);
    NodeId device = s.progress().task().device();
    Utility u = social(device);
    Action best = m.best(stops, u);
    if (mustStop) {
      return best;
    }
    // On a free device the same question comes again at once; from the cloud it is a way to go.
    boolean comesAgain = s.atArrival() && !context().scenario().tasksAtCloud();
    if (comesAgain && !(settings().askAtArrival() && meter(device, s.space()).isHeld())) {
      return null;
    }
    if (settings().exploration() > 0 && chance.nextDouble() < settings().exploration()) {
      return chance.nextBoolean() ? best : null;
    }
    return m.stop(best, u) >= continuation(m, s.space(), u) ? best : null;
  }

  private double continuation(Moment m, DecisionSpace space, Utility u) {
    double guess = m.guess(space, u, a -> budget().allows(a.accuracy()), settings().lookahead());
    return guess
        + net(space).correction(m.boundary(), m.input(space, scale, settings().lookahead()));
  }

  @Override
  protected void decided(Situation s, Action stop) {
    DecisionSpace space = s.space();
    net(space);
    NodeId device = s.progress().task().device();
    WorkloadTwin twin = twin(device);
    Moment m = surroundings.moment(s);
    if (stop != null && stop.upload()) {
      surroundings.uploads(device, stop, m);
    }
    twin.sees(m);
    int id = s.progress().task().id();
    if (s.atArrival()) {
      boolean held = meter(device, space).isHeld();
      twin.comes(m.time(), stake(m, device, space));
      if (stop == null) {
        if (held) {
          twin.queues();
        }
        arrivals.put(id, m);
      } else {
        twin.passedBy(m, terms(device, space), held ? s.waiting() + 1 : 0);
      }
      return;
    }
    if (s.boundary() == 0) {
      twin.starts(terms(device, space), m.time(), arrivals.remove(id));
    }
    if (!space.atBoundary().get(s.boundary()).isEmpty()) {
      twin.reaches(m);
    }
    if (stop != null) {
      twin.stops(stop, m.time());
    }
  }

  /**
   * Learning comes last: a gradient step takes longer than a component, and would be waited for.
   */
  @Override
  public void finished(TaskRecord record, double nowSeconds) {
    tasks++;
    // What is known well is brushed up less often: a million tasks must not take an hour.
    if (total() % (settings().trainEvery() * Math.max(1, net.steps() / UNHURRIED_STEPS)) == 0) {
      net.step();
    }
    checkpoint.saveIfDue(total(), this::learned);
  }

  /** Tasks of this run and of those that it goes on from. */
  public long total() {
    return tasks + (start == null ? 0 : start.tasks());
  }

  /** What was learned so far; null before the first task. */
  public TwinCheckpoint.Content learned() {
    return net == null ? null : new TwinCheckpoint.Content(total(), settings(), net.memory());
  }

  /** Keeps what was learned, and frees the network. */
  @Override
  public void close() {
    try {
      if (tasks > 0) {
        checkpoint.save(this::learned);
      }
    } finally {
      if (net != null) {
        net.close();
      }
    }
  }

  /** Makes the network ready, too, which takes a second: the first task need not wait for it. */
  @Override
  public Route route(Task task, SystemView view) {
    net(space(task.device(), task.batch(), view));
    return super.route(task, view);
  }

  /** Mean squared error of the last gradient step, in squared units of the time scale. */
  public double loss() {
    return net == null ? Double.NaN : net.loss();
  }

  /** Samples that the twins made so far. */
  public long samples() {
    return net == null ? 0 : net.samples();
  }

  /** Messages from devices about themselves, with the status twin. */
  public long announcements() {
    return devices().stream().mapToLong(WaitingMeter::announcements).sum();
  }

  /** Messages from devices about themselves that polling at every boundary takes. */
  public long polls() {
    return devices().stream().mapToLong(WaitingMeter::questions).sum();
  }

  @Override
  public List<String> remarks() {
    String messages =
        settings().statusTwin()
            ? String.format(
                Locale.ROOT, "%d status messages instead of %d", announcements(), polls())
            : String.format(Locale.ROOT, "%d status messages", polls());
    return List.of(
        String.format(
            Locale.ROOT,
            "dt: %d tasks, %d boundaries decided, %d stops reckoned, %s",
            tasks,
            boundaries(),
            evaluated(),
            messages));
  }
}
