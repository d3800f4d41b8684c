package io.offloadlab.legodnn.plan;

import io.offloadlab.legodnn.plan.Chain.Resource;
import io.offloadlab.legodnn.plan.PlanningProblem.Choice;
import java.util.ArrayList;
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
  private static final double NANOSECOND = 1e-9;
  private static final long LATENCY_LEVELS = 1L << 32;
  private static final long SIZE_LEVELS = 1L << 24;
  private static final int BYTES_PER_PARAMETER = 4;
  private static final double COST_UNIT = 1e-10;
  private static final double COST_LEVELS = 1L << 40;

  private final PlanningProblem problem;
  private final int pieces;
  private final int nodes;
  private final long[][][] latency;
  private final long[][][] latencyHop;
  private final long[][][] size;

  ChainBuilder(PlanningProblem problem) {
    this.problem = problem;
    this.pieces = problem.pieces().size();
    this.nodes = problem.nodes();
    double longest = 0;
    long largest = 0;
    for (int b = 0; b < pieces; b++) {
      longest += most(b, c -> max(c.seconds())) + slowestHop(b);
      largest += (long) most(b, Choice::bytes);
    }
    longest += slowestHop(pieces);
    double tick = Math.max(NANOSECOND, longest / (LATENCY_LEVELS - 2L * pieces - 1));
    long unit = Math.max(BYTES_PER_PARAMETER, largest / SIZE_LEVELS + 1);
    this.latency = choices((c, i) -> Math.round(c.seconds().get(i) / tick));
    this.latencyHop = hops(seconds -> Math.round(seconds / tick));
    this.size = choices((c, i) -> c.bytes() / unit);
  }

  /** A value of a choice on a node. */
  private interface OnNode {
    long of(Choice choice, int node);
  }

  /** A value of a transfer. */
  private interface OfSeconds {
    long of(double seconds);
  }

  /**
   * The problem itself.
   *
   * @param slowdown for {@link Objective.Size}: most latency as a multiple of the chosen variants'
   *     on node 0; infinite for no limit
   */
  Chain chain(double slowdown) {
    List<Resource> resources = memory();
    addCost(resources);
    return chain(slowdown, resources);
  }

  /** The same, for the first variants alone and whatever they cost; its values compare. */
  Chain originals(double slowdown) {
    return chain(slowdown, memory()).firstVariants();
  }

  private Chain chain(double slowdown, List<Resource> resources) {
    if (problem.objective() instanceof Objective.Size && slowdown < Double.POSITIVE_INFINITY) {
      resources.add(slowerThanNodeZero(slowdown));
    }
    Resource[] all = resources.toArray(Resource[]::new);
    if (problem.objective() instanceof Objective.Latency) {
      return new Chain(problem.source(), first(latency, size, SIZE_LEVELS), firstHop(), all);
    }
    if (problem.objective() instanceof Objective.Size) {
      return new Chain(problem.source(), first(size, latency, LATENCY_LEVELS), latencyHop, all);
    }
    return weighted((Objective.Weighted) problem.objective(), all);
  }

  /** The least accuracy cost that memory allows, whatever the latency. */
  Chain leastCost() {
    double scale = Math.scalb(1.0, Chain.OBJECTIVE_BITS - 1) / Math.max(1e-300, totalCost());
    return new Chain(
        problem.source(),
        choices((c, i) -> Math.round(c.cost() * scale)),
        hops(s -> 0),
        memory().toArray(Resource[]::new));
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
        resources.add(
            new Resource(choices((c, i) -> i == n ? c.newBytes().get(i) : 0), null, budget));
      }
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
    double unit = Math.max(COST_UNIT, totalCost() / COST_LEVELS);
    double budget = Math.max(problem.costBudget(), least - 1);
    resources.add(
        new Resource(
            choices((c, i) -> Math.round(c.cost() / unit)),
            null,
            (long) Math.floor((budget + PlanningProblem.COST_TOLERANCE) / unit)));
  }

  private Resource slowerThanNodeZero(double slowdown) {
    long[][][] use = new long[pieces][][];
    for (int b = 0; b < pieces; b++) {
      use[b] = new long[latency[b].length][nodes];
      for (int v = 0; v < latency[b].length; v++) {
        for (int i = 0; i < nodes; i++) {
          use[b][v][i] = latency[b][v][i] - (long) (slowdown * latency[b][v][0]);
        }
      }
    }
    long there = latencyHop[0][problem.source()][0] + latencyHop[pieces][0][problem.source()];
    return new Resource(use, latencyHop, (long) (slowdown * there));
  }

  private Chain weighted(Objective.Weighted w, Resource[] resources) {
    Plan original = Plan.of(problem, new int[pieces], new int[pieces]);
    double perSecond = original.seconds() > 0 ? w.alpha() / original.seconds() : 0;
    double perByte = original.bytes() > 0 ? w.beta() / original.bytes() : 0;
    double total = w.gamma() * totalCost();
    for (int b = 0; b < pieces; b++) {
      total += perSecond * (most(b, c -> max(c.seconds())) + slowestHop(b));
      total += perByte * most(b, Choice::bytes);
    }
    total += perSecond * slowestHop(pieces);
    double scale = Math.scalb(1.0, Chain.OBJECTIVE_BITS - 1) / Math.max(1e-300, total);
    return new Chain(
        problem.source(),
        choices(
            (c, i) ->
                Math.round(
                    scale
                        * (perSecond * c.seconds().get(i)
                            + perByte * c.bytes()
                            + w.gamma() * c.cost()))),
        hops(s -> Math.round(scale * perSecond * s)),
        resources);
  }

  private long[][][] first(long[][][] major, long[][][] minor, long minorLevels) {
    long[][][] both = new long[pieces][][];
    for (int b = 0; b < pieces; b++) {
      both[b] = new long[major[b].length][nodes];
      for (int v = 0; v < major[b].length; v++) {
        for (int i = 0; i < nodes; i++) {
          both[b][v][i] = major[b][v][i] * minorLevels + minor[b][v][i];
        }
      }
    }
    return both;
  }

  private long[][][] firstHop() {
    long[][][] scaled = new long[latencyHop.length][nodes][nodes];
    for (int b = 0; b < latencyHop.length; b++) {
      for (int i = 0; i < nodes; i++) {
        for (int j = 0; j < nodes; j++) {
          scaled[b][i][j] = latencyHop[b][i][j] * SIZE_LEVELS;
        }
      }
    }
    return scaled;
  }

  private long[][][] choices(OnNode value) {
    long[][][] all = new long[pieces][][];
    for (int b = 0; b < pieces; b++) {
      List<Choice> choices = problem.pieces().get(b).choices();
      all[b] = new long[choices.size()][nodes];
      for (int v = 0; v < choices.size(); v++) {
        for (int i = 0; i < nodes; i++) {
          all[b][v][i] = value.of(choices.get(v), i);
        }
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

  private double totalCost() {
    double total = 0;
    for (int b = 0; b < pieces; b++) {
      total += most(b, c -> Math.abs(c.cost()));
    }
    return total;
  }

  private double slowestHop(int boundary) {
    return problem.transferSeconds().get(boundary).stream()
        .mapToDouble(ChainBuilder::max)
        .max()
        .orElseThrow();
  }

  private double most(int piece, ToDoubleFunction<Choice> value) {
    return problem.pieces().get(piece).choices().stream().mapToDouble(value).max().orElseThrow();
  }

  private static double max(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).max().orElseThrow();
  }
}
