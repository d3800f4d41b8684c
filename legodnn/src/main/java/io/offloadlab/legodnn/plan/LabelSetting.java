package io.offloadlab.legodnn.plan;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * One pass over a chain that extends partial plans piece by piece (label setting for
 * resource-constrained shortest paths; Irnich and Desaulniers, "Shortest Path Problems with
 * Resource Constraints", 2005). A label is dropped when it cannot stay within a budget, when a
 * relaxation's completion bound says that it leads to nothing better than the best known plan, or
 * when another label on its node is at least as good in every respect.
 *
 * <p>The labels kept per piece are limited; a pass that had to cut some off is a heuristic, one
 * that had not has searched everything.
 */
final class LabelSetting {
  private static final int COMPARED = 200;
  private static final Comparator<Label> BY_BOUND = Comparator.comparingLong(Label::bound);

  private final Chain chain;
  private final Candidates candidates;
  private final List<Relaxation> relaxations;
  private final Remaining remaining;
  private final long least;
  private final int width;
  private boolean complete = true;
  private long extended;

  /** A partial plan up to a piece. */
  @SuppressWarnings("ArrayRecordComponent")
  private record Label(
      Label before, int variant, int node, long objective, long[] use, long bound) {}

  /**
   * @param least value that a plan must stay below
   * @param width most labels kept per piece
   */
  LabelSetting(
      Chain chain, Candidates candidates, List<Relaxation> relaxations, long least, int width) {
    this.chain = chain;
    this.candidates = candidates;
    this.relaxations = relaxations;
    this.remaining = new Remaining(chain, candidates);
    this.least = least;
    this.width = width;
  }

  /** Whether the last pass cut nothing off: what it found, if anything, is the best there is. */
  boolean isComplete() {
    return complete;
  }

  /** How many labels were looked at. */
  long extended() {
    return extended;
  }

  /** The best plan found below the known value, or null. */
  Path run() {
    List<Label> labels =
        List.of(new Label(null, -1, chain.source(), 0, new long[chain.resources().length], 0));
    long[] use = new long[chain.resources().length];
    for (int b = 0; b < chain.pieces(); b++) {
      List<List<Label>> next = new ArrayList<>();
      for (int j = 0; j < chain.nodes(); j++) {
        boolean[] allowed = candidates.of(b, j);
        List<Label> here = new ArrayList<>();
        for (int v = 0; v < allowed.length; v++) {
          for (int l = 0; allowed[v] && l < labels.size(); l++) {
            extend(labels.get(l), b, v, j, use, here);
          }
        }
        next.add(here);
      }
      labels = narrow(next);
    }
    return labels.stream().min(Comparator.comparingLong(this::total)).map(this::path).orElse(null);
  }

  private long total(Label last) {
    return last.objective() + chain.hop()[chain.pieces()][last.node()][chain.source()];
  }

  private void extend(Label label, int b, int v, int j, long[] use, List<Label> here) {
    extended++;
    long objective =
        label.objective() + chain.hop()[b][label.node()][j] + chain.objective()[b][j][v];
    for (int r = 0; r < use.length; r++) {
      Chain.Resource resource = chain.resources()[r];
      long used = label.use()[r] + resource.hop(b, label.node(), j) + resource.use(b, j, v);
      if (used + remaining.least(r, b, j) > resource.budget()) {
        return;
      }
      // Below this the budget holds whatever follows: labels need not differ in it.
      used = Math.max(used, resource.budget() - remaining.most(r, b, j));
      // Nor does it matter how much is left when nothing fits into it any more.
      boolean full =
          resource.kind() == Chain.Kind.MEMORY
              && resource.budget() - used < remaining.smallest(r, b);
      use[r] = full ? resource.budget() : used;
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
  private List<Label> narrow(List<List<Label>> perNode) {
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
    complete = false;
    return all.subList(0, width);
  }

  private boolean isDominated(Label label, List<Label> kept) {
    int compared = Math.min(COMPARED, kept.size());
    for (int i = 0; i < compared; i++) {
      if (isAsGood(kept.get(i), label)) {
        return true;
      }
    }
    return false;
  }

  private boolean isAsGood(Label a, Label b) {
    if (a.objective() > b.objective()) {
      return false;
    }
    for (int r = 0; r < a.use().length; r++) {
      if (a.use()[r] > b.use()[r] && chain.resources()[r].kind() != Chain.Kind.ALL_MEMORY) {
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
