package io.offloadlab.legodnn.plan;

import io.offloadlab.legodnn.plan.JointProblem.Member;
import io.offloadlab.legodnn.plan.PlanningProblem.Choice;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The least sum of latencies by looking at every plan of every member, the fastest first, and at
 * every combination of them that is still below the best one.
 */
final class JointBruteForce {
  private final JointProblem joint;
  private final List<List<Whole>> plans = new ArrayList<>();
  private double least = Double.POSITIVE_INFINITY;

  /** A plan within its member's own budgets: the components it needs, by memory. */
  private record Whole(double seconds, Map<String, Long> bytes) {}

  private JointBruteForce(JointProblem joint) {
    this.joint = joint;
    for (Member m : joint.members()) {
      List<Whole> own = new ArrayList<>();
      int pieces = m.problem().pieces().size();
      enumerate(m, 0, new int[pieces], new int[pieces], own);
      own.sort(Comparator.comparingDouble(Whole::seconds));
      plans.add(own);
    }
  }

  static double leastSeconds(JointProblem joint) {
    JointBruteForce search = new JointBruteForce(joint);
    if (search.plans.stream().anyMatch(List::isEmpty)) {
      return Double.POSITIVE_INFINITY;
    }
    search.combine(0, 0, new HashMap<>());
    return search.least;
  }

  private void enumerate(Member m, int piece, int[] choices, int[] nodes, List<Whole> own) {
    PlanningProblem p = m.problem();
    if (piece < choices.length) {
      for (int v = 0; v < p.pieces().get(piece).choices().size(); v++) {
        for (int i = 0; i < p.nodes(); i++) {
          choices[piece] = v;
          nodes[piece] = i;
          enumerate(m, piece + 1, choices, nodes, own);
        }
      }
      return;
    }
    double seconds = 0;
    double cost = 0;
    int at = p.source();
    Map<String, Long> bytes = new HashMap<>();
    for (int b = 0; b < choices.length; b++) {
      Choice c = p.pieces().get(b).choices().get(choices[b]);
      seconds += p.transferSeconds().get(b).get(at).get(nodes[b]) + c.seconds().get(nodes[b]);
      cost += c.cost();
      at = nodes[b];
      bytes.put(m.memories().get(at) + ":" + b + "@" + choices[b], c.newBytes().get(at));
    }
    seconds += p.transferSeconds().get(choices.length).get(at).get(p.source());
    if (cost <= p.costBudget() && isWithin(bytes)) {
      own.add(new Whole(seconds, bytes));
    }
  }

  private boolean isWithin(Map<String, Long> bytes) {
    Map<Integer, Long> sums = new HashMap<>();
    bytes.forEach(
        (where, size) ->
            sums.merge(Integer.valueOf(where.substring(0, where.indexOf(':'))), size, Long::sum));
    return sums.entrySet().stream().allMatch(e -> e.getValue() <= joint.budgets().get(e.getKey()));
  }

  private void combine(int member, double seconds, Map<String, Long> held) {
    if (member == plans.size()) {
      least = seconds;
      return;
    }
    double rest = 0;
    for (int later = member + 1; later < plans.size(); later++) {
      rest += plans.get(later).get(0).seconds();
    }
    for (Whole plan : plans.get(member)) {
      if (seconds + plan.seconds() + rest >= least) {
        return;
      }
      Map<String, Long> both = new HashMap<>(held);
      both.putAll(plan.bytes());
      if (isWithin(both)) {
        combine(member + 1, seconds + plan.seconds(), both);
      }
    }
  }
}
