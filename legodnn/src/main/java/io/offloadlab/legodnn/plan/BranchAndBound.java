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
  static final int ROOT_STEPS = 120;
  private static final int STEPS = 40;

  private final Chain chain;
  private final Multipliers multipliers;
  private final PriorityQueue<Branch> open =
      new PriorityQueue<>(
          Comparator.comparingLong(Branch::bound).thenComparingLong(Branch::number));
  private boolean anyWillDo;
  private long effort = Long.MAX_VALUE;
  private long extended;
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

  /**
   * How a search ended.
   *
   * @param path the best found, or null
   * @param bound what no path is below; where the search came to its end, the best one's value
   * @param complete whether the search came to its end
   * @param spent prices and labels that were reckoned
   */
  record Searched(Path path, long bound, boolean complete, long spent) {}

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
    return anyBelow(chain, limit, Long.MAX_VALUE);
  }

  /**
   * The same, as far as an effort goes.
   *
   * @param effort prices and labels that may be reckoned
   */
  static Path anyBelow(Chain chain, long limit, long effort) {
    BranchAndBound search = new BranchAndBound(chain);
    search.effort = effort;
    search.anyWillDo = true;
    search.multipliers.limit(limit);
    return search.search();
  }

  /**
   * The best path below a value, as far as an effort goes.
   *
   * @param limit what the objective must be less than
   * @param effort prices and labels that may be reckoned: the same on every machine, unlike a time
   */
  static Searched below(Chain chain, long limit, long effort) {
    BranchAndBound search = new BranchAndBound(chain);
    search.multipliers.limit(limit);
    search.effort = effort;
    Path path = search.search();
    boolean complete = search.open.isEmpty() || search.isDone(search.open.element());
    return new Searched(
        path,
        complete ? search.multipliers.least() : search.open.element().bound(),
        complete,
        search.spent());
  }

  private Path search() {
    Candidates all = new Candidates(chain);
    Multipliers.Dual dual = multipliers.search(all, multipliers.free(), ROOT_STEPS);
    add(new Branch(all, dual, dual.bound(), branches++));
    while (!open.isEmpty() && !isDone(open.element()) && spent() < effort) {
      explore(open.remove());
    }
    return multipliers.incumbent();
  }

  private long spent() {
    return multipliers.evaluations() * chain.steps() + extended * (1 + chain.resources().length);
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
    extended += pass.extended();
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
    At node = mostDividedNodes(candidates, branch.dual().visits());
    At variant = mostDividedVariants(candidates, branch.dual().variants());
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

  /**
   * Where to split.
   *
   * @param plan whose node or variant, of those side by side
   * @param value the node, or the last variant of the first half
   */
  private record At(int piece, int plan, int value) {}

  private Halves byNode(Branch of, At at) {
    int[] nodes = chain.axes().node()[at.plan()];
    return halves(
        of,
        of.candidates().branch(at.piece(), nodes, at.value(), true),
        of.candidates().branch(at.piece(), nodes, at.value(), false));
  }

  private Halves byVariant(Branch of, At at) {
    int[] variants = chain.axes().variant()[at.piece()][at.plan()];
    return halves(
        of,
        of.candidates().branchVariants(at.piece(), variants, at.value(), true),
        of.candidates().branchVariants(at.piece(), variants, at.value(), false));
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
  private At mostDividedNodes(Candidates candidates, int[][] visits) {
    At best = null;
    double least = Double.POSITIVE_INFINITY;
    for (int b = 0; b < visits.length; b++) {
      double fromMiddle = Math.abs(2.0 * b / visits.length - 1);
      for (int plan = 0; plan < chain.axes().plans(); plan++) {
        int[] own = chain.axes().node()[plan];
        Tally tally = new Tally(own);
        for (int i = 0; i < own.length; i++) {
          if (candidates.allows(b, i)) {
            tally.add(own[i], visits[b][i]);
          }
        }
        if (tally.kinds() < 2) {
          continue;
        }
        double agreement = tally.most() / (tally.total() + 1);
        if (agreement + 1e-3 * fromMiddle < least) {
          least = agreement + 1e-3 * fromMiddle;
          best = new At(b, plan, tally.favourite());
        }
      }
    }
    return best;
  }

  /**
   * The piece on whose variant the relaxed optima agree least, and the last variant of the half
   * that its mean lies in. Null if every piece has one variant left.
   */
  private At mostDividedVariants(Candidates candidates, int[][] chosen) {
    At best = null;
    double least = Double.POSITIVE_INFINITY;
    for (int b = 0; b < chosen.length; b++) {
      boolean[] allowed = allowed(candidates, b);
      for (int plan = 0; plan < chain.axes().plans(); plan++) {
        int[] own = chain.axes().variant()[b][plan];
        Tally tally = new Tally(own);
        for (int v = 0; v < own.length; v++) {
          if (allowed[v]) {
            tally.add(own[v], chosen[b][v]);
          }
        }
        double agreement = tally.most() / (tally.total() + 1e-3 * tally.kinds());
        if (tally.kinds() > 1 && agreement < least) {
          least = agreement;
          best = new At(b, plan, tally.middle());
        }
      }
    }
    return best;
  }

  private boolean[] allowed(Candidates candidates, int piece) {
    boolean[] any = new boolean[chain.variants(piece)];
    for (int i = 0; i < chain.nodes(); i++) {
      boolean[] here = candidates.of(piece, i);
      for (int v = 0; v < any.length; v++) {
        any[v] |= here[v];
      }
    }
    return any;
  }
}
