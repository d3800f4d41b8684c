package io.offloadlab.ddpg.environment;

import io.offloadlab.branchynet.BranchyNet;
import io.offloadlab.failure.Infeasible;
import io.offloadlab.failure.RunFailure;
import io.offloadlab.graph.Component;
import io.offloadlab.models.ModelProfile;
import io.offloadlab.strategy.Arrivals;
import io.offloadlab.strategy.Hop;
import io.offloadlab.strategy.LatencyModel;
import io.offloadlab.strategy.NodeId;
import io.offloadlab.strategy.Route;
import io.offloadlab.strategy.Scenario;
import io.offloadlab.strategy.SystemView;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The problem of DEC-DNN-IO for one system: latency, accuracy and worth of every choice of exits,
 * split points and cloud cores. Latencies are those of {@link LatencyModel}, so they mean the same
 * as every other strategy's.
 *
 * <p>A split point is feasible if neither the device nor the cloud exceeds its memory budget with
 * the components that this chain puts there.
 */
public final class CollaborationModel {
  private final BranchyNet network;
  private final ModelProfile profile;
  private final Scenario scenario;
  private final SystemView view;
  private final Objective objective;
  private final LatencyModel latencies;
  private final int devices;
  private final int cloudCores;
  private final boolean shared;
  private final Map<String, double[][][]> seconds = new HashMap<>();
  private final Map<String, List<List<Integer>>> feasible = new HashMap<>();
  private final double slowestOnDevice;

  /**
   * @param network exits and their chains
   * @param profile accuracy of every exit
   * @param scenario source, batch, budgets and threshold
   * @param view what was measured
   * @param objective what plans are worth
   * @throws Infeasible if devices share the cloud's cores and there are fewer of them than devices
   * @throws RunFailure if the profile lacks an exit
   */
  public CollaborationModel(
      BranchyNet network,
      ModelProfile profile,
      Scenario scenario,
      SystemView view,
      Objective objective) {
    this.network = network;
    this.profile = profile;
    this.scenario = scenario;
    this.view = view;
    this.objective = objective;
    latencies = new LatencyModel(view);
    devices = view.links().size();
    cloudCores = view.node(NodeId.CLOUD).cores();
    shared = sharesCores(scenario.arrivals());
    if (shared && cloudCores < devices) {
      throw new Infeasible(
          String.format(
              Locale.ROOT,
              "the cloud computes with %d core(s) but DEC-DNN-IO gives each of the %d devices at least one; give the cloud more cores, use fewer edges, or have one task in flight",
              cloudCores,
              devices));
    }
    for (String exit : BranchyNet.EXITS) {
      if (!profile.exits().containsKey(exit)) {
        throw new RunFailure(
            "the model's profile has no accuracy of '%s' (it has %s); train and measure its exits first"
                .formatted(exit, profile.exits().keySet()));
      }
      tabulate(exit);
    }
    String last = BranchyNet.EXITS.get(BranchyNet.EXITS.size() - 1);
    slowestOnDevice =
        IntStream.range(0, devices)
            .mapToDouble(d -> seconds(d, new DevicePlan(last, splits(last), 1)))
            .max()
            .orElseThrow();
  }

  private void tabulate(String exit) {
    double[][][] table = new double[devices][splits(exit) + 1][cloudCores];
    List<List<Integer>> allowed = new ArrayList<>();
    for (int d = 0; d < devices; d++) {
      List<Integer> fits = new ArrayList<>();
      for (int split = 0; split <= splits(exit); split++) {
        for (int cores = 1; cores <= cloudCores; cores++) {
          Route route = route(d, new DevicePlan(exit, split, cores));
          table[d][split][cores - 1] = latencies.routeSeconds(route, source(d), scenario.batch());
        }
        if (scenario.fitsMemory(route(d, new DevicePlan(exit, split, 1)))) {
          fits.add(split);
        }
      }
      allowed.add(List.copyOf(fits));
    }
    seconds.put(exit, table);
    feasible.put(exit, List.copyOf(allowed));
  }

  private NodeId source(int device) {
    return scenario.tasksAtCloud() ? NodeId.CLOUD : NodeId.edge(device + 1);
  }

  /** Number of devices; device 0 is the first edge. */
  public int devices() {
    return devices;
  }

  /** Cores of the cloud to be shared out. */
  public int cloudCores() {
    return cloudCores;
  }

  /**
   * Whether devices share the cloud's cores: where tasks of several may be there at once. A single
   * task in flight has all of them, as it has with any other strategy.
   */
  public static boolean sharesCores(Arrivals arrivals) {
    return !(arrivals instanceof Arrivals.Sequential one && one.inFlight() == 1);
  }

  /** Whether they share them in this system. */
  public boolean sharesCores() {
    return shared;
  }

  /** Most cores that one device can have. */
  int mostCores() {
    return shared ? cloudCores - devices + 1 : cloudCores;
  }

  /** Largest split point of an exit's chain: everything on the device. */
  public int splits(String exit) {
    return network.chain(exit).size();
  }

  /** Split points of an exit's chain that keep a device and the cloud within their budgets. */
  public List<Integer> feasibleSplits(int device, String exit) {
    return feasible.get(exit).get(device);
  }

  /** The route of a device's tasks. */
  public Route route(int device, DevicePlan plan) {
    List<Component> chain = network.chain(plan.exit());
    NodeId edge = NodeId.edge(device + 1);
    return new Route(
        IntStream.range(0, chain.size())
            .mapToObj(
                i ->
                    i < plan.split()
                        ? new Hop(chain.get(i), edge)
                        : new Hop(
                            chain.get(i), NodeId.CLOUD, shared ? plan.cores() : Hop.ALL_CORES))
            .toList());
  }

  /** Predicted seconds of one task of a device, from its source and back. */
  public double seconds(int device, DevicePlan plan) {
    return seconds.get(plan.exit())[device][plan.split()][plan.cores() - 1];
  }

  /** Predicted seconds, mean over the devices. */
  public double meanSeconds(List<DevicePlan> plan) {
    double sum = 0;
    for (int d = 0; d < devices; d++) {
      sum += seconds(d, plan.get(d));
    }
    return sum / devices;
  }

  /** Measured accuracy of an exit, in 0..1. */
  public double accuracy(String exit) {
    return profile.exits().get(exit).accuracy();
  }

  /** Accuracy of a tuple of exits: the mean over the devices, in 0..1. */
  public double accuracy(ExitTuple tuple) {
    return tuple.exits().stream().mapToDouble(this::accuracy).average().orElseThrow();
  }

  /** T_max: the slowest device's latency with the whole network on it, in seconds. */
  public double slowestOnDevice() {
    return slowestOnDevice;
  }

  /**
   * Inference performance of latency and accuracy (Xu et al.): mean accuracy less mean latency over
   * T_max.
   */
  public double ipla(List<DevicePlan> plan) {
    return worth(Objective.IPLA, plan);
  }

  /** What a plan is worth: the reward for it. */
  public double worth(List<DevicePlan> plan) {
    return worth(objective, plan);
  }

  private double worth(Objective by, List<DevicePlan> plan) {
    ExitTuple tuple = new ExitTuple(plan.stream().map(DevicePlan::exit).toList());
    return by.worth(accuracy(tuple), meanSeconds(plan) / slowestOnDevice);
  }

  /** Whether a tuple of exits is accurate enough and every device has a feasible split point. */
  public boolean allows(ExitTuple tuple) {
    return accuracy(tuple) >= scenario.accuracyThreshold() - 1e-9 && placeable(tuple);
  }

  private boolean placeable(ExitTuple tuple) {
    return IntStream.range(0, devices)
        .noneMatch(d -> feasibleSplits(d, tuple.exits().get(d)).isEmpty());
  }

  /**
   * Tuples of exits to choose from.
   *
   * @throws Infeasible if none is accurate enough and fits into memory
   */
  public List<ExitTuple> tuples() {
    List<ExitTuple> all = ExitTuple.all(devices);
    List<ExitTuple> allowed = all.stream().filter(this::allows).toList();
    if (allowed.isEmpty()) {
      String best =
          all.stream()
              .filter(this::placeable)
              .mapToDouble(this::accuracy)
              .boxed()
              .max(Double::compare)
              .map("the best that fits into memory is %.4f"::formatted)
              .orElse("no exit fits into the nodes' memory budgets");
      throw new Infeasible(
          String.format(
              Locale.ROOT,
              "no tuple of exits reaches accuracy %.4f: %s; lower --acc or raise the budgets",
              scenario.accuracyThreshold(),
              best));
    }
    return allowed;
  }

  /**
   * What no plan of a tuple of exits can exceed: its worth if every device had all the cores that
   * are left when each of the others has one.
   */
  public double bound(ExitTuple tuple) {
    int cores = mostCores();
    double sum = 0;
    for (int d = 0; d < devices; d++) {
      String exit = tuple.exits().get(d);
      int device = d;
      sum +=
          feasibleSplits(d, exit).stream()
              .mapToDouble(split -> seconds(device, new DevicePlan(exit, split, cores)))
              .min()
              .orElse(Double.POSITIVE_INFINITY);
    }
    return objective.worth(accuracy(tuple), sum / devices / slowestOnDevice);
  }

  /** How far this system is from another: mean relative difference of all latencies. */
  public double distance(CollaborationModel other) {
    if (other.devices != devices || other.cloudCores != cloudCores) {
      return Double.POSITIVE_INFINITY;
    }
    double sum = 0;
    int count = 0;
    for (String exit : BranchyNet.EXITS) {
      for (int d = 0; d < devices; d++) {
        for (int split = 0; split <= splits(exit); split++) {
          double before = seconds.get(exit)[d][split][0];
          double after = other.seconds.get(exit)[d][split][0];
          sum += Math.abs(after - before) / before;
          count++;
        }
      }
    }
    return sum / count;
  }

  /** What a plan is made for, measurements left out: the same in every run of a scenario. */
  String description() {
    // What was learned for the IPLA before there was a choice does not say so.
    String reward = objective == Objective.IPLA ? "" : ", rewarded for " + objective;
    return String.format(
            Locale.ROOT,
            "%d devices, %d cloud cores%s, source %s, batch %d, budgets %s bytes, %s",
            devices,
            cloudCores,
            shared ? "" : " for one task at a time",
            scenario.tasksAtCloud() ? "cloud" : "edge",
            scenario.batch(),
            scenario.nodes().stream().map(Scenario.NodeSpec::memoryBudgetBytes).toList(),
            network.chain("exit-7").get(0).input())
        + reward;
  }

  /** What was measured. */
  public SystemView view() {
    return view;
  }
}
