package io.offloadlab.legodnn.plan;

import io.offloadlab.legodnn.plan.JointOutcome.Infeasible;
import io.offloadlab.legodnn.plan.JointOutcome.Planned;
import io.offloadlab.legodnn.plan.JointProblem.Member;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/**
 * Plans for several sources together.
 *
 * <p>What each could have alone bounds all: where those plans fit into the memories together, they
 * are the optimum. Else plans are made in turn, each for what the others leave, and then searched
 * for side by side, all at once where they are few enough, two at a time where not.
 */
public final class JointPlanner {
  /** Members of which every pair is looked at. */
  private static final int FEW = 8;

  private static final int MOST_ROUNDS = 3;

  private final JointProblem joint;
  private final List<Plan> alone;
  private List<Plan> best;
  private OptionalDouble bound;

  private JointPlanner(JointProblem joint, List<Plan> alone, double atBest) {
    this.joint = joint;
    this.alone = alone;
    // Under the tightest latency that can be had, less memory may make for less size.
    this.bound = isSize() && !fit(alone) ? OptionalDouble.empty() : OptionalDouble.of(atBest);
  }

  /**
   * The best plans, or good ones and how far they may be from the best. Deterministic.
   *
   * @param joint what to solve
   */
  public static JointOutcome solve(JointProblem joint) {
    List<Plan> alone = new ArrayList<>();
    double atBest = 0;
    for (Member m : joint.members()) {
      Outcome outcome = VariantPlanner.solve(m.wider());
      if (outcome instanceof Outcome.Planned planned) {
        atBest += m.weight() * planned.bound();
        outcome = isOwn(m, planned.plan()) ? planned : VariantPlanner.solve(m.problem());
      }
      if (outcome instanceof Outcome.Infeasible why) {
        return new Infeasible(why);
      }
      alone.add(((Outcome.Planned) outcome).plan());
    }
    return new JointPlanner(joint, alone, atBest).solve();
  }

  private static boolean isOwn(Member m, Plan plan) {
    return plan.nodes().stream().allMatch(node -> node < m.problem().nodes());
  }

  private JointOutcome solve() {
    if (fit(alone)) {
      best = alone;
    } else {
      Outcome.Infeasible why = inTurn();
      if (best == null) {
        return new Infeasible(why);
      }
      again();
      sideBySide();
    }
    double value = value(best);
    return new Planned(
        best,
        value,
        bound.isEmpty() ? bound : OptionalDouble.of(Math.min(value, bound.getAsDouble())));
  }

  private void sideBySide() {
    int count = joint.members().size();
    if (isSize() || count > FEW) {
      return;
    }
    Effort effort = new Effort(Effort.SECOND);
    for (boolean better = count > 2; better; ) {
      double before = value(best);
      for (int a = 0; a < count; a++) {
        for (int b = a + 1; b < count && !effort.isSpent(); b++) {
          best = JointSearch.over(joint, List.of(a, b), best, new double[2], effort).plans();
        }
      }
      better = value(best) < before;
    }
    PairBounds pairs =
        new PairBounds(
            joint,
            best,
            all().stream()
                .mapToDouble(
                    m -> {
                      Member member = joint.members().get(m);
                      return member.weight() * member.problem().value(alone.get(m));
                    })
                .toArray(),
            effort);
    double[] others = all().stream().mapToDouble(pairs::without).toArray();
    JointSearch.Found found = JointSearch.over(joint, all(), best, others, effort);
    best = found.plans();
    if (joint.members().stream().noneMatch(Member::isKeptFromNodes)) {
      double proven = Math.max(pairs.ofAll(), found.bound().orElse(value(best)));
      bound = OptionalDouble.of(Math.max(bound.getAsDouble(), proven));
    }
  }

  /** Each member once the first to choose, where they are few; the best of these. */
  private Outcome.Infeasible inTurn() {
    int count = joint.members().size();
    Outcome.Infeasible why = null;
    for (int first = 0; first < (count <= FEW ? count : 1); first++) {
      List<Plan> plans = new ArrayList<>(java.util.Collections.nCopies(count, null));
      Holdings held = new Holdings(joint);
      boolean complete = true;
      for (int k = 0; k < count && complete; k++) {
        int m = k == 0 ? first : k <= first ? k - 1 : k;
        Outcome outcome = forMember(m, held);
        if (outcome instanceof Outcome.Planned planned) {
          plans.set(m, planned.plan());
          held.add(joint.members().get(m), planned.plan());
        } else {
          why = (Outcome.Infeasible) outcome;
          complete = false;
        }
      }
      if (complete && (best == null || value(plans) < value(best))) {
        best = plans;
      }
    }
    return why;
  }

  /** Each member once more for what all the others leave, until nobody gains. */
  private void again() {
    List<Plan> plans = new ArrayList<>(best);
    Holdings held = new Holdings(joint);
    for (int m = 0; m < plans.size(); m++) {
      held.add(joint.members().get(m), plans.get(m));
    }
    boolean better = true;
    int rounds = plans.size() <= FEW ? MOST_ROUNDS : 1;
    for (int round = 0; better && round < rounds; round++) {
      better = false;
      for (int m = 0; m < plans.size(); m++) {
        Member member = joint.members().get(m);
        if (plans.get(m).equals(alone.get(m))) {
          continue;
        }
        held.remove(member, plans.get(m));
        Outcome outcome = forMember(m, held);
        if (outcome instanceof Outcome.Planned planned
            && member.problem().value(planned.plan()) < member.problem().value(plans.get(m))) {
          plans.set(m, planned.plan());
          better = true;
        }
        held.add(member, plans.get(m));
      }
    }
    best = plans;
  }

  /** The best plan for what is left: the best of all, where there is room for it. */
  private Outcome forMember(int m, Holdings held) {
    Member member = joint.members().get(m);
    held.add(member, alone.get(m));
    boolean fits = held.fitAt(member);
    held.remove(member, alone.get(m));
    return fits ? new Outcome.Planned(alone.get(m), 0) : VariantPlanner.solve(held.leftTo(member));
  }

  private boolean fit(List<Plan> plans) {
    Holdings held = new Holdings(joint);
    for (int m = 0; m < plans.size(); m++) {
      held.add(joint.members().get(m), plans.get(m));
    }
    return held.fit();
  }

  private double value(List<Plan> plans) {
    return joint.value(plans);
  }

  private List<Integer> all() {
    return IntStream.range(0, joint.members().size()).boxed().toList();
  }

  private boolean isSize() {
    return joint.members().get(0).problem().objective() instanceof Objective.Size;
  }
}
