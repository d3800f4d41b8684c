package io.offloadlab.legodnn.plan;

import java.util.List;

/**
 * A variant and a node for each piece, and what they amount to.
 *
 * @param choices index of the variant per piece
 * @param nodes index of the node per piece
 * @param seconds latency of a task
 * @param bytes size of the chosen network
 * @param cost sum of the accuracy costs
 */
public record Plan(
    List<Integer> choices, List<Integer> nodes, double seconds, long bytes, double cost) {
  /** Copies the lists. */
  public Plan {
    choices = List.copyOf(choices);
    nodes = List.copyOf(nodes);
  }

  /** What a choice of variants and nodes amounts to in a problem. */
  static Plan of(PlanningProblem problem, int[] choices, int[] nodes) {
    double seconds = 0;
    long bytes = 0;
    double cost = 0;
    int at = problem.source();
    for (int b = 0; b < choices.length; b++) {
      PlanningProblem.Choice c = problem.pieces().get(b).choices().get(choices[b]);
      seconds += problem.transferSeconds().get(b).get(at).get(nodes[b]);
      seconds += c.seconds().get(nodes[b]);
      bytes += c.bytes();
      cost += c.cost();
      at = nodes[b];
    }
    seconds += problem.transferSeconds().get(choices.length).get(at).get(problem.source());
    return new Plan(
        java.util.Arrays.stream(choices).boxed().toList(),
        java.util.Arrays.stream(nodes).boxed().toList(),
        seconds,
        bytes,
        cost);
  }
}
