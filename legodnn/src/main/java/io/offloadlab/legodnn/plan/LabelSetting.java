package io.offloadlab.legodnn.plan;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Solves a chain to proven optimality: label setting (a resource-constrained shortest path; Irnich
 * and Desaulniers, "Shortest Path Problems with Resource Constraints", 2005) with completion bounds
 * from Lagrangian relaxations, Pareto dominance, and removal of options that the bounds rule out.
 *
 * <p>The labels kept per piece are limited at first. A pass in which the limit cut nothing off that
 * could have been better proves its plan optimal; otherwise the next pass keeps more labels and
 * starts from the better plan's value.
 */
final class LabelSetting {
  private static final int FIRST_WIDTH = 128;
  private static final int WIDENING = 8;
  private static final int COMPARED = 400;
  private static final Comparator<Label> BY_BOUND = Comparator.comparingLong(Label::bound);

  private final Chain chain;
  private final Options options;
  private List<Relaxation> relaxations;
  private Remaining remaining;
  private Path incumbent;
  private long least = Long.MAX_VALUE;
  private boolean cut;

  /** A partial plan up to a piece. */
  @SuppressWarnings("ArrayRecordComponent")
  private record Label(
      Label before, int variant, int node, long objective, long[] use, long bound) {}

  private LabelSetting(Chain chain) {
    this.chain = chain;
    this.options = new Options(chain);
  }

  /** The optimum, or null if no path stays within the budgets. */
  static Path solve(Chain chain) {
    return new LabelSetting(chain).search();
  }

  private Path search() {
    for (int width = FIRST_WIDTH; ; width = Math.multiplyExact(width, WIDENING)) {
      Multipliers multipliers = new Multipliers(chain, options, incumbent);
      relaxations = multipliers.search();
      improve(multipliers.incumbent());
      if (relaxations.get(0).bound() >= least || relaxations.get(0).bound() == Long.MAX_VALUE) {
        return incumbent;
      }
      options.keepBelow(least, chain, relaxations);
      remaining = new Remaining(chain, options);
      cut = false;
      pass(width);
      if (!cut) {
        return incumbent;
      }
    }
  }

  private void improve(Path path) {
    if (path != null && path.objective(chain) < least) {
      incumbent = path;
      least = path.objective(chain);
    }
  }

  private void pass(int width) {
    int pieces = chain.pieces();
    List<Label> labels =
        List.of(new Label(null, -1, chain.source(), 0, new long[chain.resources().length], 0));
    long[] use = new long[chain.resources().length];
    for (int b = 0; b < pieces; b++) {
      List<List<Label>> next = new ArrayList<>();
      for (int j = 0; j < chain.nodes(); j++) {
        List<Label> here = new ArrayList<>();
        for (Label label : labels) {
          for (int v = 0; v < chain.variants(b); v++) {
            if (options.allows(b, v, j)) {
              extend(label, b, v, j, use, here);
            }
          }
        }
        next.add(here);
      }
      labels = narrow(next, width);
    }
    for (Label label : labels) {
      improve(path(label));
    }
  }

  private void extend(Label label, int b, int v, int j, long[] use, List<Label> here) {
    long objective =
        label.objective() + chain.hop()[b][label.node()][j] + chain.objective()[b][v][j];
    for (int r = 0; r < use.length; r++) {
      Chain.Resource resource = chain.resources()[r];
      long used = label.use()[r] + resource.hop(b, label.node(), j) + resource.use()[b][v][j];
      if (used + remaining.least(r, b, j) > resource.budget()) {
        return;
      }
      // Below this the budget holds whatever follows: labels need not differ in it.
      use[r] = Math.max(used, resource.budget() - remaining.most(r, b, j));
    }
    long bound = Long.MIN_VALUE;
    for (Relaxation r : relaxations) {
      bound = Math.max(bound, r.bound(b, j, objective, use));
      if (bound >= least) {
        return;
      }
    }
    here.add(new Label(label, v, j, objective, use.clone(), bound));
  }

  /** The labels worth keeping: none that another on its node is as good as, the best first. */
  private List<Label> narrow(List<List<Label>> perNode, int width) {
    List<Label> all = new ArrayList<>();
    for (List<Label> here : perNode) {
      here.sort(BY_BOUND);
      List<Label> kept = new ArrayList<>();
      for (Label label : here) {
        if (kept.size() > width) {
          break;
        }
        if (!isDominated(label, kept)) {
          kept.add(label);
        }
      }
      all.addAll(kept);
    }
    all.sort(BY_BOUND);
    if (all.size() <= width) {
      return all;
    }
    cut = true;
    return all.subList(0, width);
  }

  private static boolean isDominated(Label label, List<Label> kept) {
    int compared = Math.min(COMPARED, kept.size());
    for (int i = 0; i < compared; i++) {
      if (isAsGood(kept.get(i), label)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isAsGood(Label a, Label b) {
    if (a.objective() > b.objective()) {
      return false;
    }
    for (int r = 0; r < a.use().length; r++) {
      if (a.use()[r] > b.use()[r]) {
        return false;
      }
    }
    return true;
  }

  private Path path(Label last) {
    int[] variants = new int[chain.pieces()];
    int[] nodes = new int[chain.pieces()];
    Label at = last;
    for (int b = variants.length - 1; b >= 0; b--) {
      variants[b] = at.variant();
      nodes[b] = at.node();
      at = at.before();
    }
    return new Path(variants, nodes);
  }
}
