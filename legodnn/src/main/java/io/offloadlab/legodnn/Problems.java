package io.offloadlab.legodnn;

import io.offloadlab.legodnn.LegoNetwork.Piece;
import io.offloadlab.legodnn.LegoNetwork.Variant;
import io.offloadlab.legodnn.plan.Objective;
import io.offloadlab.legodnn.plan.PlanningProblem;
import io.offloadlab.legodnn.plan.PlanningProblem.Choice;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Puts a network, nodes and what is asked of a plan into numbers.
 *
 * @param network whose pieces are placed
 * @param costBudget most that variants may cost in accuracy
 * @param originalMeets whether the original network is accurate enough
 * @param objective what a plan makes as small as it can
 */
record Problems(
    LegoNetwork network, double costBudget, boolean originalMeets, Objective objective) {

  /**
   * The problem of one source.
   *
   * @param nodes the cloud first
   * @param budgets bytes per node
   * @param source which of the nodes
   */
  PlanningProblem problem(List<NodeTimes> nodes, List<Long> budgets, int source) {
    List<PlanningProblem.Piece> pieces = new ArrayList<>();
    for (int b = 0; b < network.pieces().size(); b++) {
      List<Choice> choices = new ArrayList<>();
      Piece piece = network.pieces().get(b);
      for (int v = 0; v < piece.variants().size(); v++) {
        Variant variant = piece.variants().get(v);
        long bytes = variant.component().bytes();
        int at = b;
        int which = v;
        choices.add(
            new Choice(
                variant.cost(),
                bytes,
                Collections.nCopies(nodes.size(), bytes),
                nodes.stream().map(n -> n.joined().get(at).get(which)).toList()));
      }
      pieces.add(new PlanningProblem.Piece(choices));
    }
    List<List<List<Double>>> transfers = new ArrayList<>();
    for (int b = 0; b <= pieces.size(); b++) {
      List<List<Double>> boundary = new ArrayList<>();
      for (int i = 0; i < nodes.size(); i++) {
        List<Double> from = new ArrayList<>();
        for (int j = 0; j < nodes.size(); j++) {
          from.add(transfer(nodes, b, i, j));
        }
        boundary.add(from);
      }
      transfers.add(boundary);
    }
    return new PlanningProblem(
        pieces, budgets, transfers, source, costBudget, originalMeets, objective);
  }

  /** The tensor's time, and what a program takes that begins where it ends. */
  private double transfer(List<NodeTimes> nodes, int boundary, int from, int to) {
    boolean begins = boundary < network.pieces().size() && (boundary == 0 || from != to);
    double start = begins ? nodes.get(to).start().get(boundary) : 0;
    return from == to
        ? start
        : nodes.get(from).up().get(boundary) + nodes.get(to).down().get(boundary) + start;
  }
}
