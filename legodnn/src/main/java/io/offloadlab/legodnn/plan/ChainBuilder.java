package io.offloadlab.legodnn.plan;

import io.offloadlab.legodnn.plan.Chain.Kind;
import io.offloadlab.legodnn.plan.Chain.Resource;
import io.offloadlab.legodnn.plan.PlanningProblem.Choice;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * Puts a planning problem into whole numbers.
 *
 * <p>Latency is counted in nanoseconds (coarser only if the longest plan takes more than 2^32 of
 * them), size in parameters of 4 bytes (coarser above 64 MiB), cost in 1e-10. An objective with a
 * tie-breaker is one number: the first part times more than the second can ever be, plus the
 * second.
 */
final class ChainBuilder {
  private static final long EXCESS_SCALE = 1L << 22;
  private static final double COST_UNIT = 1e-10;
  private static final double COST_LEVELS = 1L << 40;

  private final PlanningProblem problem;
  private final Scale scale;
  private final double weight;
  private final int pieces;
  private final int nodes;
  private final long[][][] latency;
  private final long[][][] latencyHop;
  private final long[][][] size;

  ChainBuilder(PlanningProblem problem) {
    this(problem, 1, Scale.of(List.of(problem), List.of(1.0)));
  }

  /**
   * @param weight how much the plan's objective counts beside those of others
   * @param scale of all of them
   */
  ChainBuilder(PlanningProblem problem, double weight, Scale scale) {
    this.problem = problem;
    this.scale = scale;
    this.weight = weight;
    this.pieces = problem.pieces().size();
    this.nodes = problem.nodes();
    this.latency = choices((c, i) -> Math.round(weight * c.seconds().get(i) / scale.tick()));
    this.latencyHop = hops(seconds -> Math.round(weight * seconds / scale.tick()));
    this.size = choices((c, i) -> c.bytes() / scale.unit());
  }

  /** A value of a choice on a node. */
  private interface OnNode {
    long of(Choice choice, int node);
  }

  /** A value of a transfer. */
  private interface OfSeconds {
    long of(double seconds);
  }

  /** The problem under {@link Objective.Latency} or {@link Objective.Weighted}. */
  Chain chain() {
    return problem.objective() instanceof Objective.Weighted w
        ? weighted(w, budgets())
        : latency(true, budgets());
  }

  /**
   * What {@link #chain}'s objective stands for: seconds, or what {@link Objective.Weighted} says.
   */
  double value(long objective) {
    return problem.objective() instanceof Objective.Weighted
        ? objective / scale.perWorth()
        : Math.floorDiv(objective, Scale.SIZE_LEVELS) * scale.tick();
  }

  /** A value in whole numbers, less what their rounding may come to in as many as 16 plans. */
  long atLeast(double value) {
    int rounded = 16 * (2 * pieces + 1);
    return problem.objective() instanceof Objective.Weighted
        ? (long) (value * scale.perWorth()) - rounded
        : ((long) (value / scale.tick()) - rounded) * Scale.SIZE_LEVELS;
  }

  /**
   * How far the latency is above a multiple of the chosen variants' on node 0.
   *
   * @param slowdown the multiple
   * @param mostSize most size, in the unit of {@link #sizeOf}
   */
  Chain excess(double slowdown, long mostSize) {
    Resource over = slowerThanNodeZero(slowdown);
    return new Chain(
        problem.source(),
        times(over.use(), EXCESS_SCALE),
        times(over.hop(), EXCESS_SCALE),
        budgets(atMost(mostSize)),
        false);
  }

  /** The least value of {@link #excess} that is too much. */
  long tooMuch(double slowdown) {
    return (slowerThanNodeZero(slowdown).budget() + 1) * EXCESS_SCALE;
  }

  /**
   * Latency within a multiple of the chosen variants' on node 0, infinite for no limit, and within
   * a size.
   */
  Chain latency(double slowdown, long mostSize) {
    return slowdown == Double.POSITIVE_INFINITY
        ? latency(false, budgets(atMost(mostSize)))
        : latency(false, budgets(atMost(mostSize), slowerThanNodeZero(slowdown)));
  }

  /** Size, wherever the pieces run and whatever memory they would need there. */
  Chain size() {
    List<Resource> cost = new ArrayList<>();
    addCost(cost);
    return new Chain(
        problem.source(),
        times(size, Scale.LATENCY_LEVELS / 2),
        hops(s -> 0),
        cost.toArray(Resource[]::new),
        false);
  }

  /** Size, then latency, within a multiple of the chosen variants' latency on node 0. */
  Chain smallest(double slowdown) {
    long[][][] both = first(size, latency, Scale.LATENCY_LEVELS);
    return new Chain(
        problem.source(),
        both,
        latencyHop,
        slowdown == Double.POSITIVE_INFINITY ? budgets() : budgets(slowerThanNodeZero(slowdown)),
        false);
  }

  /** Size of a path, in the unit of the limits on it. */
  long sizeOf(Path path) {
    long sum = 0;
    for (int b = 0; b < pieces; b++) {
      sum += size[b][path.nodes()[b]][path.variants()[b]];
    }
    return sum;
  }

  private Resource[] budgets(Resource... more) {
    List<Resource> resources = memory();
    addCost(resources);
    for (Resource r : more) {
      if (r.budget() < Long.MAX_VALUE) {
        resources.add(r);
      }
    }
    return resources.toArray(Resource[]::new);
  }

  private Resource atMost(long mostSize) {
    return new Resource(size, null, mostSize, Kind.SIZE);
  }

  private Chain latency(boolean nodesFirst, Resource[] resources) {
    return new Chain(
        problem.source(),
        first(latency, size, Scale.SIZE_LEVELS),
        firstHop(),
        resources,
        nodesFirst);
  }

  /** The least accuracy cost that memory allows, whatever the latency. */
  Chain leastCost() {
    double steps = costSteps();
    return new Chain(
        problem.source(),
        choices((c, i) -> Math.round(c.cost() * steps)),
        hops(s -> 0),
        memory().toArray(Resource[]::new),
        false);
  }

  /** What {@link #leastCost}'s objective is below where the budget is kept, but for rounding. */
  long costLimit() {
    double limit = (problem.costBudget() + PlanningProblem.COST_TOLERANCE) * costSteps();
    return Math.abs(limit) < Long.MAX_VALUE / 2.0 ? (long) limit + pieces : Long.MAX_VALUE;
  }

  private double costSteps() {
    return Math.scalb(1.0, Chain.OBJECTIVE_BITS - 1) / Math.max(1e-300, Scale.totalCost(problem));
  }

  /** Memory of the nodes that a plan could fill. */
  private List<Resource> memory() {
    List<Resource> resources = new ArrayList<>();
    for (int node = 0; node < nodes; node++) {
      int n = node;
      long budget = problem.memoryBudgets().get(n);
      double all = 0;
      for (int b = 0; b < pieces; b++) {
        all += most(b, c -> c.newBytes().get(n));
      }
      if (all > budget) {
        long[][][] use = choices((c, i) -> c.newBytes().get(i));
        for (long[][] piece : use) {
          Arrays.setAll(piece, i -> i == n ? piece[i] : null);
        }
        resources.add(new Resource(use, null, budget, Kind.MEMORY));
      }
    }
    if (resources.size() == nodes && nodes > 1) {
      // Redundant, but it shows at once that nothing fits where no node's memory alone does.
      long together = resources.stream().mapToLong(Resource::budget).sum();
      long[][][] use = choices((c, i) -> c.newBytes().get(i));
      resources.add(new Resource(use, null, together, Kind.ALL_MEMORY));
    }
    return resources;
  }

  private void addCost(List<Resource> resources) {
    double most = 0;
    double least = 0;
    for (int b = 0; b < pieces; b++) {
      most += most(b, Choice::cost);
      least -= most(b, c -> -c.cost());
    }
    if (most <= problem.costBudget()) {
      return;
    }
    double unit = Math.max(COST_UNIT, Scale.totalCost(problem) / COST_LEVELS);
    double budget = Math.max(problem.costBudget(), least - 1);
    resources.add(
        new Resource(
            choices((c, i) -> Math.round(c.cost() / unit)),
            null,
            (long) Math.floor((budget + PlanningProblem.COST_TOLERANCE) / unit),
            Kind.COST));
  }

  private Resource slowerThanNodeZero(double slowdown) {
    long[][][] use = new long[pieces][nodes][];
    for (int b = 0; b < pieces; b++) {
      for (int i = 0; i < nodes; i++) {
        long[] here = latency[b][i];
        long[] zero = latency[b][0];
        use[b][i] = new long[here.length];
        Arrays.setAll(use[b][i], v -> here[v] - (long) (slowdown * zero[v]));
      }
    }
    long there = latencyHop[0][problem.source()][0] + latencyHop[pieces][0][problem.source()];
    return new Resource(use, latencyHop, (long) (slowdown * there), Kind.LATENCY);
  }

  private Chain weighted(Objective.Weighted w, Resource[] resources) {
    Plan original = Scale.original(problem);
    double perSecond = w.perSecond(original);
    double perByte = w.perByte(original);
    double steps = weight * scale.perWorth();
    return new Chain(
        problem.source(),
        choices(
            (c, i) ->
                Math.round(
                    steps
                        * (perSecond * c.seconds().get(i)
                            + perByte * c.bytes()
                            + w.gamma() * c.cost()))),
        hops(s -> Math.round(steps * perSecond * s)),
        resources,
        true);
  }

  private long[][][] first(long[][][] major, long[][][] minor, long minorLevels) {
    long[][][] both = new long[pieces][nodes][];
    for (int b = 0; b < pieces; b++) {
      for (int i = 0; i < nodes; i++) {
        long[] high = major[b][i];
        long[] low = minor[b][i];
        both[b][i] = new long[high.length];
        Arrays.setAll(both[b][i], v -> high[v] * minorLevels + low[v]);
      }
    }
    return both;
  }

  private long[][][] firstHop() {
    return times(latencyHop, Scale.SIZE_LEVELS);
  }

  private static long[][][] times(long[][][] values, long factor) {
    return Arrays.stream(values)
        .map(
            rows ->
                Arrays.stream(rows)
                    .map(row -> Arrays.stream(row).map(v -> v * factor).toArray())
                    .toArray(long[][]::new))
        .toArray(long[][][]::new);
  }

  /** {@code [piece][node][variant]}. */
  private long[][][] choices(OnNode value) {
    long[][][] all = new long[pieces][nodes][];
    for (int b = 0; b < pieces; b++) {
      List<Choice> choices = problem.pieces().get(b).choices();
      for (int i = 0; i < nodes; i++) {
        int node = i;
        all[b][i] = choices.stream().mapToLong(c -> value.of(c, node)).toArray();
      }
    }
    return all;
  }

  private long[][][] hops(OfSeconds value) {
    long[][][] all = new long[pieces + 1][nodes][nodes];
    for (int b = 0; b <= pieces; b++) {
      for (int i = 0; i < nodes; i++) {
        for (int j = 0; j < nodes; j++) {
          all[b][i][j] = value.of(problem.transferSeconds().get(b).get(i).get(j));
        }
      }
    }
    return all;
  }

  private double most(int piece, ToDoubleFunction<Choice> value) {
    return Scale.most(problem, piece, value);
  }
}
