package io.offloadlab.legodnn.plan;

import java.util.Comparator;
import java.util.PriorityQueue;

/**
 * Solves a chain to proven optimality. For the options left, the Lagrangian dual gives a bound and
 * removes options; a narrow label-setting pass then solves what remains or, if it had to cut labels
 * off, improves the best plan, and the options are split in two: a piece on one of its nodes or off
 * it. Splitting is what closes the gap that a relaxation leaves where memory forces a plan to
 * change nodes, since the relaxation mixes plans that do not.
 */
final class BranchAndBound {
  private static final int WIDTH = Integer.getInteger("w", 100);
  private static final int ROOT_STEPS = 120;
  private static final int STEPS = 40;

  private final Chain chain;
  private final Multipliers multipliers;
  private final PriorityQueue<Branch> open =
      new PriorityQueue<>(
          Comparator.comparingLong(Branch::bound).thenComparingLong(Branch::number));
  private long branches;

  /** Options still to be searched, with the worths and the bound of what they were split off. */
  @SuppressWarnings("ArrayRecordComponent")
  private record Branch(Options options, double[] worth, long bound, long number) {}

  private BranchAndBound(Chain chain) {
    this.chain = chain;
    this.multipliers = new Multipliers(chain);
  }

  /** The optimum, or null if no path stays within the budgets. */
  static Path solve(Chain chain) {
    return new BranchAndBound(chain).search();
  }

  /**
   * The optimum among the paths below a value; null if there is none.
   *
   * @param limit what the objective must be less than
   */
  static Path solveBelow(Chain chain, long limit) {
    BranchAndBound search = new BranchAndBound(chain);
    search.multipliers.limit(limit);
    return search.search();
  }

  /**
   * The optimum, from a path within the budgets that is already known.
   *
   * @param known where to start, if it is a path of this chain
   */
  static Path solveFrom(Chain chain, Path known) {
    BranchAndBound search = new BranchAndBound(chain);
    if (known.fits(chain)) {
      search.multipliers.improve(known);
    }
    return search.search();
  }

  private Path search() {
    add(new Options(chain), multipliers.free(), Long.MIN_VALUE);
    while (!open.isEmpty()) {
      Branch branch = open.remove();
      if (branch.bound() >= multipliers.least()) {
        break;
      }
      explore(branch);
    }
    return multipliers.incumbent();
  }

  private void add(Options options, double[] worth, long bound) {
    open.add(new Branch(options, worth, bound, branches++));
  }

  private void explore(Branch branch) {
    Options options = branch.options();
    int steps = branch.number() == 0 ? ROOT_STEPS : STEPS;
    Multipliers.Dual dual = multipliers.search(options, branch.worth(), steps);
    if (dual.bound() >= multipliers.least()) {
      return;
    }
    options.keepBelow(multipliers.least(), chain, dual.relaxations());
    LabelSetting pass =
        new LabelSetting(chain, options, dual.relaxations(), multipliers.least(), WIDTH);
    Path found = pass.run();
    if (found != null) {
      multipliers.improve(found);
    }
    if (!pass.isComplete()) {
      split(options, dual, Math.max(branch.bound(), dual.bound()));
    }
  }

  private void split(Options options, Multipliers.Dual dual, long bound) {
    int[] variant = mostDividedVariants(options, dual.variants());
    int[] node = mostDividedNodes(options, dual.visits());
    if (node == null && variant == null) {
      throw new IllegalStateException("a pass over a single path cut something off");
    }
    boolean byNode = node != null && (chain.placementDecides() || variant == null);
    for (boolean side : new boolean[] {true, false}) {
      Options half =
          byNode
              ? options.branch(node[0], node[1], side)
              : options.branchVariants(variant[0], variant[1], side);
      add(half, dual.worth(), bound);
    }
  }

  /**
   * The piece on whose node the relaxed optima agree least, and the node that they visit most; of
   * equals the one nearest the middle, which decides most for its neighbours. Null if every piece
   * has one node left.
   */
  private int[] mostDividedNodes(Options options, int[][] visits) {
    int[] best = null;
    double least = Double.POSITIVE_INFINITY;
    for (int b = 0; b < visits.length; b++) {
      int total = 1;
      int nodes = 0;
      int favourite = -1;
      for (int i = 0; i < visits[b].length; i++) {
        if (options.allows(b, i)) {
          nodes++;
          total += visits[b][i];
          favourite = favourite < 0 || visits[b][i] > visits[b][favourite] ? i : favourite;
        }
      }
      if (nodes < 2) {
        continue;
      }
      double agreement = (double) visits[b][favourite] / total;
      double fromMiddle = Math.abs(2.0 * b / visits.length - 1);
      if (agreement + 1e-3 * fromMiddle < least) {
        least = agreement + 1e-3 * fromMiddle;
        best = new int[] {b, favourite};
      }
    }
    return best;
  }

  /**
   * The piece on whose variant the relaxed optima agree least, and the last variant of the half
   * that its mean lies in. Null if every piece has one variant left.
   */
  private int[] mostDividedVariants(Options options, int[][] chosen) {
    int[] best = null;
    double least = Double.POSITIVE_INFINITY;
    for (int b = 0; b < chosen.length; b++) {
      int first = -1;
      int last = -1;
      double total = 0;
      double sum = 0;
      int most = 0;
      for (int v = 0; v < chosen[b].length; v++) {
        if (isAllowed(options, b, v)) {
          first = first < 0 ? v : first;
          last = v;
          total += chosen[b][v] + 1e-3;
          sum += v * (chosen[b][v] + 1e-3);
          most = Math.max(most, chosen[b][v]);
        }
      }
      if (last > first && most / total < least) {
        least = most / total;
        int mean = (int) (sum / total);
        best = new int[] {b, Math.max(first, Math.min(last - 1, mean))};
      }
    }
    return best;
  }

  private boolean isAllowed(Options options, int piece, int variant) {
    for (int i = 0; i < chain.nodes(); i++) {
      if (options.of(piece, i)[variant]) {
        return true;
      }
    }
    return false;
  }
}
