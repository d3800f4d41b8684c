package io.offloadlab.legodnn.plan;

import io.offloadlab.legodnn.plan.PlanningProblem.Choice;
import io.offloadlab.legodnn.plan.PlanningProblem.Piece;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Seeded instances of every kind: ties, no room, negative costs, no budget, all objectives. */
final class RandomProblems {
  private final Random random;

  RandomProblems(long seed) {
    this.random = new Random(seed);
  }

  /** Times in whole milliseconds and sizes in a few words, so that ties abound. */
  PlanningProblem small() {
    int pieces = 1 + random.nextInt(4);
    int nodes = 1 + random.nextInt(3);
    boolean ties = random.nextBoolean();
    List<Piece> all = new ArrayList<>();
    for (int b = 0; b < pieces; b++) {
      List<Choice> choices = new ArrayList<>();
      int variants = 1 + random.nextInt(3);
      for (int v = 0; v < variants; v++) {
        long bytes = 4L * random.nextInt(ties ? 4 : 1_000_000);
        double cost = v == 0 ? 0 : (random.nextInt(60) - 10) / 1000.0;
        List<Long> newBytes = new ArrayList<>();
        List<Double> seconds = new ArrayList<>();
        for (int i = 0; i < nodes; i++) {
          newBytes.add(random.nextInt(8) == 0 ? 0 : bytes);
          seconds.add(time(ties));
        }
        choices.add(new Choice(cost, bytes, newBytes, seconds));
      }
      all.add(new Piece(choices));
    }
    long[] total = new long[1];
    all.forEach(p -> total[0] += p.choices().get(0).bytes());
    List<Long> budgets = new ArrayList<>();
    for (int i = 0; i < nodes; i++) {
      budgets.add(
          switch (random.nextInt(4)) {
            case 0 -> Long.MAX_VALUE;
            case 1 -> 0L;
            default -> (long) (total[0] * random.nextDouble());
          });
    }
    return new PlanningProblem(
        all,
        budgets,
        transfers(pieces, nodes, ties),
        random.nextInt(nodes),
        costBudget(),
        random.nextBoolean(),
        objective());
  }

  /**
   * A chain like a network's: variants trade accuracy for size and time, nodes differ in speed.
   *
   * @param memoryShare memory of the nodes together, as a multiple of the original's size
   */
  PlanningProblem large(
      int pieces, int variants, int nodes, double memoryShare, Objective objective) {
    double[] speed = random.doubles(nodes, 0.25, 1).toArray();
    List<Piece> all = new ArrayList<>();
    long size = 0;
    double mostCost = 0;
    for (int b = 0; b < pieces; b++) {
      double work = 0.0005 + 0.002 * random.nextDouble();
      long bytes = 4L * (10_000 + random.nextInt(1_000_000));
      double sensitivity = 0.001 + 0.02 * random.nextDouble() * random.nextDouble();
      List<Choice> choices = new ArrayList<>();
      for (int v = 0; v < variants; v++) {
        double left = 1 - 0.9 * v / variants;
        long small = (long) (bytes * left) / 4 * 4;
        double cost = v == 0 ? 0 : sensitivity * (1 / left - 1) * (0.8 + 0.4 * random.nextDouble());
        List<Double> seconds = new ArrayList<>();
        for (int i = 0; i < nodes; i++) {
          seconds.add(work * left / speed[i] * (0.95 + 0.1 * random.nextDouble()));
        }
        choices.add(new Choice(cost, small, java.util.Collections.nCopies(nodes, small), seconds));
        mostCost += v == variants - 1 ? cost : 0;
      }
      size += bytes;
      all.add(new Piece(choices));
    }
    List<Long> budgets = new ArrayList<>();
    for (int i = 0; i < nodes; i++) {
      budgets.add((long) (size * memoryShare / nodes * (0.5 + random.nextDouble())));
    }
    List<List<List<Double>>> transfers = new ArrayList<>();
    double[] up = random.doubles(nodes, 0.0001, 0.002).toArray();
    double[] down = random.doubles(nodes, 0.0001, 0.002).toArray();
    for (int b = 0; b <= pieces; b++) {
      double tensor = 0.5 + random.nextDouble();
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
    return new PlanningProblem(all, budgets, transfers, 0, 0.3 * mostCost, true, objective);
  }

  private double costBudget() {
    return switch (random.nextInt(6)) {
      case 0 -> 0;
      case 1 -> Double.POSITIVE_INFINITY;
      case 2 -> Double.NEGATIVE_INFINITY;
      case 3 -> -random.nextInt(20) / 1000.0;
      default -> random.nextInt(80) / 1000.0;
    };
  }

  private Objective objective() {
    return switch (random.nextInt(3)) {
      case 0 -> new Objective.Latency();
      case 1 -> new Objective.Size();
      default ->
          new Objective.Weighted(random.nextInt(3), random.nextInt(3), 10 * random.nextInt(3));
    };
  }

  private double time(boolean ties) {
    return ties ? random.nextInt(5) / 1000.0 : random.nextDouble() / 100;
  }

  private List<List<List<Double>>> transfers(int pieces, int nodes, boolean ties) {
    List<List<List<Double>>> all = new ArrayList<>();
    for (int b = 0; b <= pieces; b++) {
      List<List<Double>> boundary = new ArrayList<>();
      for (int i = 0; i < nodes; i++) {
        List<Double> from = new ArrayList<>();
        for (int j = 0; j < nodes; j++) {
          // Whoever begins where the task arises pays a program's start.
          from.add(i == j && b > 0 ? 0.0 : time(ties));
        }
        boundary.add(from);
      }
      all.add(boundary);
    }
    return all;
  }
}
