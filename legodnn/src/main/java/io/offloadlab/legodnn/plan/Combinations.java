package io.offloadlab.legodnn.plan;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntToLongFunction;

/** The best of all combinations of some plans each that the memories hold together. */
final class Combinations {
  private final List<List<Whole>> plans;
  private final long[] rest;
  private final long[] left;
  private final int[] users;
  private final Whole[] chosen;
  private Whole[] best;
  private long least;
  private long effort;

  /**
   * A plan, what it comes to, and where its components lie.
   *
   * @param places per piece, a number for the memory, the piece and the variant together
   * @param memories per piece
   * @param bytes per piece, what lies there
   */
  @SuppressWarnings("ArrayRecordComponent")
  record Whole(Path path, long objective, int[] places, int[] memories, long[] bytes) {}

  private Combinations(List<List<Whole>> plans, int places, long[] left, long limit, long effort) {
    this.plans = plans;
    this.left = left;
    this.users = new int[places];
    this.chosen = new Whole[plans.size()];
    this.least = limit;
    this.effort = effort;
    this.rest = new long[plans.size() + 1];
    for (int m = plans.size() - 1; m >= 0; m--) {
      rest[m] = rest[m + 1] + plans.get(m).get(0).objective();
    }
  }

  /**
   * What was found.
   *
   * @param paths the best ones, one of each; null if none are below the limit
   * @param complete whether all were looked at
   */
  record Found(List<Path> paths, boolean complete) {}

  /**
   * Looks at all that are below a limit.
   *
   * @param plans of each, at least one; sorted here
   * @param places how many numbers of places there are
   * @param left bytes per memory that there is room for
   * @param memories how many memories there are
   * @param effort plans that may be looked at
   */
  static Found below(
      long limit,
      List<List<Whole>> plans,
      int places,
      IntToLongFunction left,
      int memories,
      long effort) {
    plans.forEach(own -> own.sort(Comparator.comparingLong(Whole::objective)));
    long[] room = new long[memories];
    Arrays.setAll(room, left);
    Combinations all = new Combinations(plans, places, room, limit, effort);
    all.choose(0, 0);
    return new Found(
        all.best == null ? null : Arrays.stream(all.best).map(Whole::path).toList(),
        all.effort >= 0);
  }

  private void choose(int member, long sum) {
    if (member == plans.size()) {
      least = sum;
      best = chosen.clone();
      return;
    }
    for (Whole plan : plans.get(member)) {
      if (sum + plan.objective() + rest[member + 1] >= least || --effort < 0) {
        return;
      }
      put(plan, 1);
      if (fits(plan)) {
        chosen[member] = plan;
        choose(member + 1, sum + plan.objective());
      }
      put(plan, -1);
    }
  }

  private void put(Whole plan, int by) {
    for (int b = 0; b < plan.places().length; b++) {
      int now = users[plan.places()[b]] += by;
      if (now == 0 || (now == 1 && by == 1)) {
        left[plan.memories()[b]] -= by * plan.bytes()[b];
      }
    }
  }

  private boolean fits(Whole plan) {
    for (int memory : plan.memories()) {
      if (left[memory] < 0) {
        return false;
      }
    }
    return true;
  }
}
