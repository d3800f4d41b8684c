package io.offloadlab.legodnn.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.offloadlab.legodnn.plan.Outcome.Infeasible;
import io.offloadlab.legodnn.plan.Outcome.Planned;
import io.offloadlab.legodnn.plan.PlanningProblem.Choice;
import io.offloadlab.legodnn.plan.PlanningProblem.Piece;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class VariantPlannerTest {
  private static final int INSTANCES = 3000;

  @Test
  @DisplayName("Plans have brute force's value on 3,000 small instances, or prove there is none")
  void solve_randomSmallInstances_equalBruteForce() {
    int infeasible = 0;
    for (int seed = 0; seed < INSTANCES; seed++) {
      // given
      PlanningProblem problem = new RandomProblems(seed).small();
      Optional<Plan> expected = BruteForce.solve(problem);

      // when
      Outcome outcome = VariantPlanner.solve(problem);

      // then
      assertThat(VariantPlanner.whyNot(problem).isPresent())
          .as("seed %d", seed)
          .isEqualTo(expected.isEmpty());
      if (outcome instanceof Planned planned) {
        assertThat(expected).as("seed %d", seed).isPresent();
        assertThat(BruteForce.values(problem, planned.plan()))
            .as("seed %d: %s", seed, problem)
            .containsExactly(BruteForce.values(problem, expected.orElseThrow()), within(1e-7));
      } else {
        infeasible++;
        assertThat(expected).as("seed %d", seed).isEmpty();
        double least = BruteForce.leastCost(problem);
        double found = ((Infeasible) outcome).leastCost();
        assertThat(found == least || Math.abs(found - least) < 1e-9).as("seed %d", seed).isTrue();
      }
    }
    assertThat(infeasible).isBetween(INSTANCES / 20, INSTANCES / 2);
  }

  @Test
  void solve_twoPieces_latencyIsTheHandComputedOne() {
    // given: node 0 takes 10 and 20 ms, node 1 takes 4 and 5 ms; 3 ms there, 2 between, 1 back
    PlanningProblem problem =
        problem(
            List.of(piece(choice(0, 100, .010, .004)), piece(choice(0, 100, .020, .005))),
            List.of(Long.MAX_VALUE, Long.MAX_VALUE),
            0);

    // when
    Plan plan = plan(problem);

    // then: 3 + 4 + 5 + 1
    assertThat(plan.nodes()).containsExactly(1, 1);
    assertThat(plan.seconds()).isCloseTo(.013, within(1e-12));
  }

  @Test
  void solve_nodeTooSmallForBoth_movesOnePiece() {
    // given: the same, but node 1 holds one piece
    PlanningProblem problem =
        problem(
            List.of(piece(choice(0, 100, .010, .004)), piece(choice(0, 100, .020, .005))),
            List.of(Long.MAX_VALUE, 199L),
            0);

    // when
    Plan plan = plan(problem);

    // then: 10 + 2 + 5 + 1
    assertThat(plan.nodes()).containsExactly(0, 1);
    assertThat(plan.seconds()).isCloseTo(.018, within(1e-12));
  }

  @Test
  void solve_costExactlyAtBudget_isFeasible() {
    // given: 0.1 + 0.2 is a hair above 0.3 in floating point
    PlanningProblem problem =
        problem(
            List.of(
                piece(choice(0, 100, .010, 1), choice(0.1, 50, .005, 1)),
                piece(choice(0, 100, .010, 1), choice(0.2, 50, .005, 1))),
            List.of(Long.MAX_VALUE, Long.MAX_VALUE),
            0.3);

    // when
    Plan plan = plan(problem);

    // then
    assertThat(plan.choices()).containsExactly(1, 1);
  }

  @Test
  void solve_equalLatency_takesTheSmaller() {
    PlanningProblem problem =
        problem(
            List.of(piece(choice(0, 100, .010, 1), choice(0, 80, .010, 1), choice(0, 90, .010, 1))),
            List.of(Long.MAX_VALUE, Long.MAX_VALUE),
            0);

    assertThat(plan(problem).bytes()).isEqualTo(80);
  }

  @Test
  void solve_heldAlready_takesNoMemory() {
    // given: node 1 has no room left, but holds the piece
    Piece piece = piece(new Choice(0, 100, List.of(100L, 0L), List.of(.010, .001)));
    PlanningProblem problem = problem(List.of(piece), List.of(Long.MAX_VALUE, 0L), 0);

    assertThat(plan(problem).nodes()).containsExactly(1);
  }

  @Test
  void solve_nothingAccurateEnough_blamesTheAccuracy() {
    PlanningProblem problem =
        problem(
            List.of(piece(choice(0.05, 100, .010, 1))),
            List.of(Long.MAX_VALUE, Long.MAX_VALUE),
            0.04);

    assertThat(VariantPlanner.solve(problem)).isEqualTo(new Infeasible(false, 0.05, true));
  }

  @Test
  void solve_accurateOnesTooLarge_blamesTheMemory() {
    PlanningProblem problem =
        problem(
            List.of(piece(choice(0, 100, .010, 1), choice(0.05, 50, .010, 1))),
            List.of(60L, 60L),
            0.04);

    assertThat(VariantPlanner.solve(problem)).isEqualTo(new Infeasible(true, 0.05, false));
  }

  @Test
  void solve_sameProblemTwice_givesTheSamePlan() {
    PlanningProblem problem = new RandomProblems(5).large(12, 5, 3, 1, new Objective.Latency());

    assertThat(VariantPlanner.solve(problem)).isEqualTo(VariantPlanner.solve(problem));
  }

  private static Plan plan(PlanningProblem problem) {
    return ((Planned) VariantPlanner.solve(problem)).plan();
  }

  private static Piece piece(Choice... choices) {
    return new Piece(List.of(choices));
  }

  private static Choice choice(double cost, long bytes, double here, double there) {
    return new Choice(cost, bytes, List.of(bytes, bytes), List.of(here, there));
  }

  /** Two nodes, the source is node 0; 3 ms before the first piece, 1 after the last, 2 between. */
  private static PlanningProblem problem(
      List<Piece> pieces, List<Long> budgets, double costBudget) {
    List<List<List<Double>>> transfers = new java.util.ArrayList<>();
    for (int b = 0; b <= pieces.size(); b++) {
      double move = b == 0 ? .003 : b == pieces.size() ? .001 : .002;
      transfers.add(List.of(List.of(0.0, move), List.of(move, 0.0)));
    }
    return new PlanningProblem(
        pieces, budgets, transfers, 0, costBudget, false, new Objective.Latency());
  }
}
