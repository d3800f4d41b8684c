package io.offloadlab.legodnn.plan;

import io.offloadlab.legodnn.plan.PlanningProblem.Choice;
import java.util.Locale;
import java.util.OptionalDouble;
import org.ojalgo.optimisation.Expression;
import org.ojalgo.optimisation.ExpressionsBasedModel;
import org.ojalgo.optimisation.Optimisation;
import org.ojalgo.optimisation.Variable;

/**
 * The least latency by mixed integer linear programming, as the textbook has it: a binary per
 * piece, variant and node, a flow per boundary and pair of nodes. Independent of the planner, and
 * its rival in {@link VariantPlannerBenchmark}.
 */
final class Milp {
  private static final double MILLISECONDS = 1e3;
  private static final double MIB = 1 << 20;

  private final PlanningProblem problem;
  private final ExpressionsBasedModel model = new ExpressionsBasedModel();
  private final Variable[][][] run;

  private Milp(PlanningProblem problem) {
    this.problem = problem;
    this.run = new Variable[problem.pieces().size()][][];
  }

  /** Seconds of the optimum; empty if the solver proves that there is none. */
  static OptionalDouble leastSeconds(PlanningProblem problem) {
    return new Milp(problem).solve();
  }

  private OptionalDouble solve() {
    addChoices();
    addBudgets();
    addMoves();
    Optimisation.Result result = model.minimise();
    return result.getState().isOptimal()
        ? OptionalDouble.of(result.getValue() / MILLISECONDS)
        : OptionalDouble.empty();
  }

  private void addChoices() {
    for (int b = 0; b < run.length; b++) {
      Expression one = model.addExpression("one of " + b).level(1);
      run[b] = new Variable[problem.pieces().get(b).choices().size()][problem.nodes()];
      for (int v = 0; v < run[b].length; v++) {
        for (int i = 0; i < problem.nodes(); i++) {
          double seconds = choice(b, v).seconds().get(i);
          Variable x =
              model
                  .addVariable(String.format(Locale.ROOT, "x %d %d %d", b, v, i))
                  .binary()
                  .weight(seconds * MILLISECONDS);
          run[b][v][i] = x;
          one.set(x, 1);
        }
      }
    }
  }

  private void addBudgets() {
    Expression cost = model.addExpression("cost").upper(problem.costBudget());
    for (int i = 0; i < problem.nodes(); i++) {
      Expression memory = model.addExpression("memory of " + i);
      if (problem.memoryBudgets().get(i) < Long.MAX_VALUE) {
        memory.upper(problem.memoryBudgets().get(i) / MIB);
      }
      for (int b = 0; b < run.length; b++) {
        for (int v = 0; v < run[b].length; v++) {
          memory.set(run[b][v][i], choice(b, v).newBytes().get(i) / MIB);
          cost.set(run[b][v][i], choice(b, v).cost());
        }
      }
    }
  }

  private void addMoves() {
    int nodes = problem.nodes();
    for (int b = 0; b <= run.length; b++) {
      Variable[][] move = new Variable[nodes][nodes];
      for (int i = 0; i < nodes; i++) {
        for (int j = 0; j < nodes; j++) {
          double seconds = problem.transferSeconds().get(b).get(i).get(j);
          move[i][j] =
              model
                  .addVariable(String.format(Locale.ROOT, "y %d %d %d", b, i, j))
                  .lower(0)
                  .upper(1)
                  .weight(seconds * MILLISECONDS);
        }
      }
      for (int i = 0; i < nodes; i++) {
        Expression leave = model.addExpression(String.format(Locale.ROOT, "leave %d %d", b, i));
        Expression enter = model.addExpression(String.format(Locale.ROOT, "enter %d %d", b, i));
        for (int j = 0; j < nodes; j++) {
          leave.set(move[i][j], 1);
          enter.set(move[j][i], 1);
        }
        isAt(leave, b - 1, i);
        isAt(enter, b, i);
      }
    }
  }

  /** Flow through a node is whether the piece runs there; before and after all, the source. */
  private void isAt(Expression flow, int piece, int node) {
    if (piece < 0 || piece == run.length) {
      flow.level(node == problem.source() ? 1 : 0);
      return;
    }
    flow.level(0);
    for (Variable[] variant : run[piece]) {
      flow.set(variant[node], -1);
    }
  }

  private Choice choice(int piece, int variant) {
    return problem.pieces().get(piece).choices().get(variant);
  }
}
