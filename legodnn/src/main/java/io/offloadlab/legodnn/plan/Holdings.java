package io.offloadlab.legodnn.plan;

import io.offloadlab.legodnn.plan.JointProblem.Member;
import io.offloadlab.legodnn.plan.PlanningProblem.Choice;
import io.offloadlab.legodnn.plan.PlanningProblem.Piece;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** What some plans put into the memories: every component once, whoever runs it. */
final class Holdings {
  private final JointProblem joint;
  private final Map<Place, Integer> users = new HashMap<>();
  private final Map<Integer, Long> bytes = new HashMap<>();

  private record Place(int memory, int piece, int variant) {}

  Holdings(JointProblem joint) {
    this.joint = joint;
  }

  void add(Member member, Plan plan) {
    change(member, plan, 1);
  }

  void remove(Member member, Plan plan) {
    change(member, plan, -1);
  }

  private void change(Member member, Plan plan, int by) {
    for (int b = 0; b < plan.choices().size(); b++) {
      int node = plan.nodes().get(b);
      int variant = plan.choices().get(b);
      Place place = new Place(member.memory(node), b, variant);
      int now = users.merge(place, by, Integer::sum);
      if (now == 0 || (now == 1 && by == 1)) {
        Choice c = member.problem().pieces().get(b).choices().get(variant);
        bytes.merge(place.memory(), by * c.newBytes().get(node), Long::sum);
      }
    }
  }

  /** Whether all of it is within the budgets. */
  boolean fit() {
    return bytes.entrySet().stream().allMatch(e -> e.getValue() <= joint.budgets().get(e.getKey()));
  }

  /** Whether all of it is within the budgets of a member's nodes. */
  boolean fitAt(Member member) {
    return member.memories().stream().allMatch(m -> left(m) >= 0);
  }

  /** A member's problem with what is left to it: what is held already takes no room. */
  PlanningProblem leftTo(Member member) {
    PlanningProblem p = member.problem();
    List<Piece> pieces = new ArrayList<>();
    for (int b = 0; b < p.pieces().size(); b++) {
      List<Choice> choices = new ArrayList<>();
      for (Choice c : p.pieces().get(b).choices()) {
        int piece = b;
        int variant = choices.size();
        List<Long> newBytes =
            IntStream.range(0, p.nodes())
                .mapToObj(
                    i -> has(new Place(member.memory(i), piece, variant)) ? 0 : c.newBytes().get(i))
                .toList();
        choices.add(new Choice(c.cost(), c.bytes(), newBytes, c.seconds()));
      }
      pieces.add(new Piece(choices));
    }
    List<Long> budgets =
        IntStream.range(0, p.nodes())
            .mapToObj(i -> left(p.memoryBudgets().get(i), member.memory(i)))
            .toList();
    return p.with(pieces, budgets);
  }

  /** What is left of a memory. */
  long left(int memory) {
    return left(joint.budgets().get(memory), memory);
  }

  private long left(long budget, int memory) {
    return budget == Long.MAX_VALUE ? budget : budget - bytes.getOrDefault(memory, 0L);
  }

  private boolean has(Place place) {
    return users.getOrDefault(place, 0) > 0;
  }
}
