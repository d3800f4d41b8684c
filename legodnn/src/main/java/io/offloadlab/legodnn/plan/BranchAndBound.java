package io.offloadlab.legodnn.plan;

import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * Solves a chain to proven optimality. For the candidates left, the Lagrangian dual gives a bound
 * and removes candidates; a narrow label-setting pass then solves what remains or, if it had to cut
 * labels off, improves the best plan, and the candidates are split in two: a piece on one of its
 * nodes or off it, or its smaller variants or its larger ones. Splitting by node is what closes the
 * gap that a relaxation leaves where memory forces a plan to change nodes, since the relaxation
 * mixes plans that do not; where it is not known to be the better split, both are tried and the one
 * that lifts the worse half's bound more is taken.
 */
final class BranchAndBound {
  private static final int WIDTH = 20;
  private static final int ROOT_STEPS = 120;
  private static final int STEPS = 40;

  private final Chain chain;
  private final Multipliers multipliers;
  private final PriorityQueue<Branch> open =
      new PriorityQueue<>(
          Comparator.comparingLong(Branch::bound).thenComparingLong(Branch::number));
  private boolean anyWillDo;
  private long branches;

  /** Candidates still to be searched, and what the dual says of them. */
  private record Branch(Candidates candidates, Multipliers.Dual dual, long bound, long number) {}

  /** The two parts of a split. */
  private record Halves(Branch first, Branch second) {
    boolean isBetter(Halves other) {
      int order = Long.compare(worse(), other.worse());
      return order > 0 || (order == 0 && better() >= other.better());
    }

    private long worse() {
      return Math.min(first.bound(), second.bound());
    }

    private long better() {
      return Math.max(first.bound(), second.bound());
    }
  }

  private BranchAndBound(Chain chain) {
    this.chain = chain;
    this.multipliers = new Multipliers(chain);
  }

  /** The optimum, or null if no path stays within the budgets. */
  static Path solve(Chain chain) {
    return new BranchAndBound(chain).search();
  }

  /**
   * Some path below a value; null if there is none.
   *
   * @param limit what the objective must be less than
   */
  static Path anyBelow(Chain chain, long limit) {
    BranchAndBound search = new BranchAndBound(chain);
    search.anyWillDo = true;
    search.multipliers.limit(limit);
    return search.search();
  }

  private Path search() {
    Candidates all = new Candidates(chain);
    Multipliers.Dual dual = multipliers.search(all, multipliers.free(), ROOT_STEPS);
    add(new Branch(all, dual, dual.bound(), branches++));
    while (!open.isEmpty() && !isDone(open.element())) {
      explore(open.remove());
    }
    return multipliers.incumbent();
  }

  private boolean isDone(Branch best) {
    return best.bound() >= multipliers.least() || (anyWillDo && multipliers.incumbent() != null);
  }

  private void explore(Branch branch) {
    Candidates candidates = branch.candidates();
    List<Relaxation> relaxations = branch.dual().relaxations();
    candidates.keepBelow(multipliers.least(), chain, relaxations);
    LabelSetting pass =
        new LabelSetting(chain, candidates, relaxations, multipliers.least(), WIDTH);
    Path found = pass.run();
    if (found != null) {
      multipliers.improve(found);
    }
    if (!pass.isComplete()) {
      split(branch);
    }
  }

  /** Splits by node or by variant. */
  private void split(Branch branch) {
    Candidates candidates = branch.candidates();
    int[] node = mostDividedNodes(candidates, branch.dual().visits());
    int[] variant = mostDividedVariants(candidates, branch.dual().variants());
    if (node == null && variant == null) {
      throw new IllegalStateException("a pass over a single path cut something off");
    }
    Halves byNode = node == null ? null : byNode(branch, node);
    boolean compare = variant != null && (byNode == null || !chain.nodesFirst());
    Halves byVariant = compare ? byVariant(branch, variant) : null;
    boolean takeNode = byVariant == null || (byNode != null && byNode.isBetter(byVariant));
    Halves taken = takeNode ? byNode : byVariant;
    add(taken.first());
    add(taken.second());
  }

  private Halves byNode(Branch of, int[] at) {
    return halves(
        of,
        of.candidates().branch(at[0], at[1], true),
        of.candidates().branch(at[0], at[1], false));
  }

  private Halves byVariant(Branch of, int[] at) {
    return halves(
        of,
        of.candidates().branchVariants(at[0], at[1], true),
        of.candidates().branchVariants(at[0], at[1], false));
  }

  private Halves halves(Branch of, Candidates first, Candidates second) {
    return new Halves(branch(first, of), branch(second, of));
  }

  private Branch branch(Candidates candidates, Branch of) {
    Multipliers.Dual dual = multipliers.search(candidates, of.dual().worth(), STEPS);
    return new Branch(candidates, dual, Math.max(of.bound(), dual.bound()), branches++);
  }

  private void add(Branch branch) {
    if (branch.bound() < multipliers.least()) {
      open.add(branch);
    }
  }

  /**
   * The piece on whose node the relaxed optima agree least, and the node that they visit most; of
   * equals the one nearest the middle, which decides most for its neighbours. Null if every piece
   * has one node left.
   */
  private int[] mostDividedNodes(Candidates candidates, int[][] visits) {
    int[] best = null;
    double least = Double.POSITIVE_INFINITY;
    for (int b = 0; b < visits.length; b++) {
      int total = 1;
      int nodes = 0;
      int favourite = -1;
      for (int i = 0; i < visits[b].length; i++) {
        if (candidates.allows(b, i)) {
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
  private int[] mostDividedVariants(Candidates candidates, int[][] chosen) {
    int[] best = null;
    double least = Double.POSITIVE_INFINITY;
    for (int b = 0; b < chosen.length; b++) {
      int first = -1;
      int last = -1;
      double total = 0;
      double sum = 0;
      int most = 0;
      for (int v = 0; v < chosen[b].length; v++) {
        if (isAllowed(candidates, b, v)) {
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

  private boolean isAllowed(Candidates candidates, int piece, int variant) {
    for (int i = 0; i < chain.nodes(); i++) {
      if (candidates.of(piece, i)[variant]) {
        return true;
      }
    }
    return false;
  }
}
