package io.offloadlab.legodnn.plan;

import io.offloadlab.legodnn.plan.JointProblem.Member;
import io.offloadlab.legodnn.plan.PlanningProblem.Choice;
import io.offloadlab.legodnn.plan.PlanningProblem.Piece;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** Seeded systems whose edges all have tasks of their own, with little memory for them. */
final class RandomSystems {
  private final Random random;

  RandomSystems(long seed) {
    this.random = new Random(seed);
  }

  /**
   * A network like LegoDNN's: the later a piece, the larger and the smaller what goes into it.
   *
   * @param edges each of which is a source
   * @param share memory of the nodes together, as a multiple of the original's size
   */
  JointProblem tight(int pieces, int variants, int edges, double share, Objective objective) {
    int nodes = edges + 1;
    double[] speed = random.doubles(nodes, 0.25, 1).toArray();
    speed[0] = 1;
    List<Piece> all = new ArrayList<>();
    long size = 0;
    double mostCost = 0;
    for (int b = 0; b < pieces; b++) {
      double work = 0.0005 + 0.002 * random.nextDouble();
      long bytes = 4L * (long) (20_000 * Math.pow(1.8, b) * (0.5 + random.nextDouble()));
      double sensitivity = 0.001 + 0.02 * random.nextDouble() * random.nextDouble();
      List<Choice> choices = new ArrayList<>();
      for (int v = 0; v < variants; v++) {
        double left = 1 - 0.9 * v / variants;
        long small = (long) (bytes * left) / 4 * 4;
        double cost = v == 0 ? 0 : sensitivity * (1 / left - 1) * (0.8 + 0.4 * random.nextDouble());
        List<Double> seconds =
            IntStream.range(0, nodes)
                .mapToObj(i -> work * left / speed[i] * (0.95 + 0.1 * random.nextDouble()))
                .toList();
        choices.add(new Choice(cost, small, Collections.nCopies(nodes, small), seconds));
        mostCost += v == variants - 1 ? cost : 0;
      }
      size += bytes;
      all.add(new Piece(choices));
    }
    List<Long> budgets = new ArrayList<>();
    for (int i = 0; i < nodes; i++) {
      budgets.add((long) (size * share / nodes * (0.5 + random.nextDouble())));
    }
    double[] up = random.doubles(nodes, 0.0001, 0.002).toArray();
    double[] down = random.doubles(nodes, 0.0001, 0.002).toArray();
    List<List<List<Double>>> transfers = new ArrayList<>();
    for (int b = 0; b <= pieces; b++) {
      double tensor = Math.pow(0.8, b) * (0.5 + random.nextDouble());
      List<List<Double>> boundary = new ArrayList<>();
      for (int i = 0; i < nodes; i++) {
        List<Double> from = new ArrayList<>();
        for (int j = 0; j < nodes; j++) {
          double leave = i == 0 ? 0 : up[i];
          double enter = j == 0 ? 0 : down[j];
          from.add(i == j ? 0.0 : tensor * (leave + enter));
        }
        boundary.add(from);
      }
      transfers.add(boundary);
    }
    double costBudget = (0.2 + 0.3 * random.nextDouble()) * mostCost;
    List<Integer> own = IntStream.range(0, nodes).boxed().toList();
    List<Member> members =
        IntStream.rangeClosed(1, edges)
            .mapToObj(
                source ->
                    new Member(
                        new PlanningProblem(
                            all, budgets, transfers, source, costBudget, true, objective),
                        own,
                        1))
            .toList();
    return new JointProblem(members, budgets);
  }
}
