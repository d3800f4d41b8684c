package io.offloadlab.legodnn.plan;

import io.offloadlab.legodnn.plan.JointProblem.Member;
import io.offloadlab.legodnn.plan.PlanningProblem.Choice;
import java.util.Locale;
import org.ojalgo.optimisation.Expression;
import org.ojalgo.optimisation.ExpressionsBasedModel;
import org.ojalgo.optimisation.Optimisation;
import org.ojalgo.optimisation.Variable;

/**
 * The least sum of latencies by mixed integer linear programming: a binary per member, piece,
 * variant and node, a flow per boundary and pair of nodes, and a binary per memory, piece and
 * variant that lies there, whoever runs it.
 */
final class JointMilp {
  private static final double MILLISECONDS = 1e3;
  private static final double MIB = 1 << 20;

  private final JointProblem joint;
  private final ExpressionsBasedModel model = new ExpressionsBasedModel();
  private final Variable[][][] lies;

  private JointMilp(JointProblem joint) {
    this.joint = joint;
    this.lies = new Variable[joint.budgets().size()][][];
  }

  /** Seconds of the optimum; infinite if the solver proves that there is none. */
  static double leastSeconds(JointProblem joint) {
    JointMilp milp = new JointMilp(joint);
    milp.addMemories();
    for (int m = 0; m < joint.members().size(); m++) {
      milp.addMember(m);
    }
    Optimisation.Result result = milp.model.minimise();
    return result.getState().isOptimal()
        ? result.getValue() / MILLISECONDS
        : Double.POSITIVE_INFINITY;
  }

  private void addMemories() {
    PlanningProblem first = joint.members().get(0).problem();
    for (int i = 0; i < lies.length; i++) {
      Expression memory = model.addExpression("memory " + i).upper(joint.budgets().get(i) / MIB);
      lies[i] = new Variable[first.pieces().size()][];
      for (int b = 0; b < lies[i].length; b++) {
        lies[i][b] = new Variable[first.pieces().get(b).choices().size()];
        for (int v = 0; v < lies[i][b].length; v++) {
          lies[i][b][v] = model.addVariable(name("z", i, b, v)).binary();
          memory.set(lies[i][b][v], first.pieces().get(b).choices().get(v).bytes() / MIB);
        }
      }
    }
  }

  private void addMember(int m) {
    Member member = joint.members().get(m);
    PlanningProblem p = member.problem();
    int pieces = p.pieces().size();
    Variable[][][] run = new Variable[pieces][][];
    Expression cost = model.addExpression("cost " + m).upper(p.costBudget());
    for (int b = 0; b < pieces; b++) {
      Expression one = model.addExpression(name("one", m, b)).level(1);
      run[b] = new Variable[p.pieces().get(b).choices().size()][p.nodes()];
      for (int v = 0; v < run[b].length; v++) {
        Choice c = p.pieces().get(b).choices().get(v);
        for (int i = 0; i < p.nodes(); i++) {
          double weight = member.weight() * c.seconds().get(i) * MILLISECONDS;
          run[b][v][i] = model.addVariable(name("x", m, b, v, i)).binary().weight(weight);
          one.set(run[b][v][i], 1);
          cost.set(run[b][v][i], c.cost());
          Expression there = model.addExpression(name("there", m, b, v, i)).upper(0);
          there.set(run[b][v][i], 1);
          there.set(lies[member.memory(i)][b][v], -1);
        }
      }
    }
    addMoves(m, run);
  }

  private void addMoves(int m, Variable[][][] run) {
    Member member = joint.members().get(m);
    PlanningProblem p = member.problem();
    for (int b = 0; b <= run.length; b++) {
      Variable[][] move = new Variable[p.nodes()][p.nodes()];
      for (int i = 0; i < p.nodes(); i++) {
        for (int j = 0; j < p.nodes(); j++) {
          double seconds = p.transferSeconds().get(b).get(i).get(j);
          move[i][j] =
              model
                  .addVariable(name("y", m, b, i, j))
                  .lower(0)
                  .upper(1)
                  .weight(member.weight() * seconds * MILLISECONDS);
        }
      }
      for (int i = 0; i < p.nodes(); i++) {
        Expression leave = model.addExpression(name("leave", m, b, i));
        Expression enter = model.addExpression(name("enter", m, b, i));
        for (int j = 0; j < p.nodes(); j++) {
          leave.set(move[i][j], 1);
          enter.set(move[j][i], 1);
        }
        isAt(leave, run, b - 1, i, p.source());
        isAt(enter, run, b, i, p.source());
      }
    }
  }

  private static void isAt(Expression flow, Variable[][][] run, int piece, int node, int source) {
    if (piece < 0 || piece == run.length) {
      flow.level(node == source ? 1 : 0);
      return;
    }
    flow.level(0);
    for (Variable[] variant : run[piece]) {
      flow.set(variant[node], -1);
    }
  }

  private static String name(String what, int... numbers) {
    StringBuilder name = new StringBuilder(what);
    for (int n : numbers) {
      name.append(String.format(Locale.ROOT, " %d", n));
    }
    return name.toString();
  }
}
