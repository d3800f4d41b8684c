package io.offloadlab.legodnn.plan;

import java.util.List;
import java.util.Locale;

/**
 * Which variant of each piece runs on which node.
 *
 * @param pieces in the order in which a task passes them
 * @param memoryBudgets most bytes per node; {@link Long#MAX_VALUE} for no limit
 * @param transferSeconds {@code [boundary][from][to]} seconds of the tensor before piece {@code
 *     boundary}, and after the last one, from node to node, and what each stay on a node takes
 *     beside its pieces; 0 on the diagonal but before the first piece
 * @param source index of the node where the task arises and the prediction returns to
 * @param costBudget most that the chosen variants' accuracy costs may add up to; sums that exceed
 *     it by no more than {@link #COST_TOLERANCE} meet it, so that an accuracy exactly at its
 *     threshold does
 * @param originalMeets whether the first variants together are accurate enough whatever their cost:
 *     the original network, whose accuracy is known and needs no margin
 * @param objective what is least
 */
public record PlanningProblem(
    List<Piece> pieces,
    List<Long> memoryBudgets,
    List<List<List<Double>>> transferSeconds,
    int source,
    double costBudget,
    boolean originalMeets,
    Objective objective) {

  /** By how much costs may exceed their budget: rounding, far below one image in a test set. */
  public static final double COST_TOLERANCE = 1e-8;

  /**
   * One piece.
   *
   * @param choices its variants, the original first
   */
  public record Piece(List<Choice> choices) {
    /** Copies the list. */
    public Piece {
      choices = List.copyOf(choices);
      if (choices.isEmpty()) {
        throw new IllegalArgumentException("a piece has at least one variant");
      }
    }
  }

  /**
   * One variant of a piece.
   *
   * @param cost what it costs in accuracy; may be negative
   * @param bytes size of its parameters
   * @param newBytes per node, bytes that placing it there adds: {@code bytes}, or 0 where it is
   *     held already
   * @param seconds per node, to compute it for a whole batch
   */
  public record Choice(double cost, long bytes, List<Long> newBytes, List<Double> seconds) {
    /** Copies the lists. */
    public Choice {
      newBytes = List.copyOf(newBytes);
      seconds = List.copyOf(seconds);
    }
  }

  /**
   * Copies and checks the parts.
   *
   * @throws IllegalArgumentException if sizes disagree, or a time or size is negative or not finite
   */
  public PlanningProblem {
    pieces = List.copyOf(pieces);
    memoryBudgets = List.copyOf(memoryBudgets);
    transferSeconds =
        transferSeconds.stream()
            .map(boundary -> boundary.stream().map(List::copyOf).toList())
            .toList();
    int nodes = memoryBudgets.size();
    if (pieces.isEmpty() || source < 0 || source >= nodes || Double.isNaN(costBudget)) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "a problem has pieces, a source among its %d nodes and a budget, not %d, %d and %s",
              nodes,
              pieces.size(),
              source,
              costBudget));
    }
    if (transferSeconds.size() != pieces.size() + 1) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "%d pieces have %d boundaries, not %d",
              pieces.size(),
              pieces.size() + 1,
              transferSeconds.size()));
    }
    for (List<List<Double>> boundary : transferSeconds) {
      if (boundary.size() != nodes) {
        throw new IllegalArgumentException("transfers are needed from each of the nodes");
      }
      boundary.forEach(to -> checkSeconds(to, nodes));
    }
    for (Piece piece : pieces) {
      for (Choice c : piece.choices()) {
        checkSeconds(c.seconds(), nodes);
        if (c.newBytes().size() != nodes || c.bytes() < 0 || !Double.isFinite(c.cost())) {
          throw new IllegalArgumentException(
              String.format(Locale.ROOT, "not a variant on %d nodes: %s", nodes, c));
        }
      }
    }
  }

  private static void checkSeconds(List<Double> seconds, int nodes) {
    if (seconds.size() != nodes) {
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "%d nodes need as many times, not %d", nodes, seconds.size()));
    }
    for (double s : seconds) {
      if (!(s >= 0 && s < Double.POSITIVE_INFINITY)) {
        throw new IllegalArgumentException("a time is finite and not negative, not " + s + " s");
      }
    }
  }

  /** What a plan comes to by the objective, its tie-breakers aside. */
  double value(Plan plan) {
    if (objective instanceof Objective.Weighted w) {
      Plan original = Plan.of(this, new int[pieces.size()], new int[pieces.size()]);
      return w.value(plan, original);
    }
    return objective instanceof Objective.Size ? plan.bytes() : plan.seconds();
  }

  /** The same with other pieces and budgets. */
  PlanningProblem with(List<Piece> otherPieces, List<Long> otherBudgets) {
    return new PlanningProblem(
        otherPieces, otherBudgets, transferSeconds, source, costBudget, originalMeets, objective);
  }

  /** Number of nodes. */
  public int nodes() {
    return memoryBudgets.size();
  }
}
