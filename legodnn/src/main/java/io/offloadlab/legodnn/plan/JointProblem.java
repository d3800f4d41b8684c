package io.offloadlab.legodnn.plan;

import java.util.List;
import java.util.Locale;

/**
 * Plans for several sources at once, which meet in the nodes' memory: a component that several of
 * them run on a node lies there once.
 *
 * @param members the plans that are wanted
 * @param budgets most bytes per memory; {@link Long#MAX_VALUE} for no limit
 */
public record JointProblem(List<Member> members, List<Long> budgets) {
  /**
   * One of the plans.
   *
   * @param problem as if it were alone: its budgets are those of the memories that its nodes have
   * @param memories per node of its problem, which of the memories is the node's
   * @param weight how much it counts: how many sources have this plan
   * @param wider the problem with more nodes, after its own, that its plan is kept from, to say
   *     what could be had with them; the problem itself where it is kept from none
   */
  public record Member(
      PlanningProblem problem, List<Integer> memories, double weight, PlanningProblem wider) {
    /** Copies the list. */
    public Member {
      memories = List.copyOf(memories);
    }

    /** A plan that may use every node there is. */
    public Member(PlanningProblem problem, List<Integer> memories, double weight) {
      this(problem, memories, weight, problem);
    }

    boolean isKeptFromNodes() {
      return wider.nodes() > problem.nodes();
    }

    int memory(int node) {
      return memories.get(node);
    }
  }

  /**
   * Copies and checks the parts.
   *
   * @throws IllegalArgumentException if there is no member, a member is of another network or its
   *     nodes have no memory
   */
  public JointProblem {
    members = List.copyOf(members);
    budgets = List.copyOf(budgets);
    if (members.isEmpty()) {
      throw new IllegalArgumentException("somebody wants a plan");
    }
    int pieces = members.get(0).problem().pieces().size();
    for (Member m : members) {
      boolean nodes = m.memories().size() == m.problem().nodes();
      if (m.problem().pieces().size() != pieces || !nodes || !(m.weight() > 0)) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "a member has %d pieces, a memory per node and a weight, not %s",
                pieces,
                m));
      }
    }
  }

  /** What plans come to: the members' objectives, by weight, added up. */
  double value(List<Plan> plans) {
    double sum = 0;
    for (int m = 0; m < plans.size(); m++) {
      sum += members.get(m).weight() * members.get(m).problem().value(plans.get(m));
    }
    return sum;
  }
}
