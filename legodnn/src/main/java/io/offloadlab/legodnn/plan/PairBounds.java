package io.offloadlab.legodnn.plan;

import io.offloadlab.legodnn.plan.JointProblem.Member;
import java.util.ArrayList;
import java.util.List;

/**
 * What every two members could have if there were nobody else: together this says more of all of
 * them than what each could have alone, because most conflicts are between two.
 */
final class PairBounds {
  private final double[] alone;
  private final double[][] pair;

  /**
   * @param known plans of all members that are within the budgets
   * @param alone what each comes to at best, by weight
   * @param effort what may be spent
   */
  PairBounds(JointProblem joint, List<Plan> known, double[] alone, Effort effort) {
    int count = alone.length;
    this.alone = alone;
    this.pair = new double[count][count];
    for (int a = 0; a < count; a++) {
      for (int b = a + 1; b < count; b++) {
        pair[a][b] = alone[a] + alone[b];
        if (count > 2 && !effort.isSpent()) {
          List<Member> both = List.of(joint.members().get(a), joint.members().get(b));
          pair[a][b] =
              Math.max(
                  pair[a][b],
                  bound(
                      new JointProblem(both, joint.budgets()),
                      List.of(known.get(a), known.get(b)),
                      effort));
        }
        pair[b][a] = pair[a][b];
      }
    }
  }

  private static double bound(JointProblem both, List<Plan> known, Effort effort) {
    JointSearch.Found found = JointSearch.over(both, List.of(0, 1), known, new double[2], effort);
    return found.bound().orElseGet(() -> both.value(found.plans()));
  }

  /** What all members cannot be below. */
  double ofAll() {
    return without(-1);
  }

  /** What all but one cannot be below. */
  double without(int member) {
    List<Integer> left = new ArrayList<>();
    double sum = 0;
    for (int m = 0; m < alone.length; m++) {
      if (m != member) {
        left.add(m);
        sum += alone[m];
      }
    }
    // Each is in as many pairs as there are others.
    double pairs = 0;
    for (int a : left) {
      for (int b : left) {
        pairs += a < b ? pair[a][b] : 0;
      }
    }
    return left.size() < 2 ? sum : Math.max(sum, pairs / (left.size() - 1));
  }
}
