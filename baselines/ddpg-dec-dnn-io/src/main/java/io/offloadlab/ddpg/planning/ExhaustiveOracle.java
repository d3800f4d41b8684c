package io.offloadlab.ddpg.planning;

import io.offloadlab.ddpg.environment.CollaborationModel;
import io.offloadlab.ddpg.environment.DevicePlan;
import io.offloadlab.ddpg.environment.ExitTuple;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The best plan over every tuple of exits, every feasible split point and every sharing of cores.
 *
 * <p>Devices meet only in the cores that they share, if they do, so for each tuple it is found by
 * dynamic programming over devices and cores, which looks at the same set as enumeration in far
 * fewer steps.
 */
public final class ExhaustiveOracle {
  private ExhaustiveOracle() {}

  /**
   * The optimum.
   *
   * @param model the problem
   * @throws io.offloadlab.failure.RunFailure if no tuple of exits is accurate enough and fits
   */
  public static Solution solve(CollaborationModel model) {
    Solution best = null;
    for (ExitTuple tuple : model.tuples()) {
      Solution solution = solve(model, tuple);
      if (best == null || solution.worth() > best.worth()) {
        best = solution;
      }
    }
    return best;
  }

  /** The optimum for one tuple of exits. */
  public static Solution solve(CollaborationModel model, ExitTuple tuple) {
    int cores = model.cloudCores();
    int devices = model.devices();
    if (!model.sharesCores()) {
      List<DevicePlan> each =
          IntStream.range(0, devices)
              .mapToObj(d -> bestSplit(model, d, tuple.exits().get(d), cores))
              .toList();
      return new Solution(each, model.worth(each));
    }
    double[][] least = new double[devices + 1][cores + 1];
    DevicePlan[][] choice = new DevicePlan[devices][cores + 1];
    for (int c = 1; c <= cores; c++) {
      least[0][c] = Double.POSITIVE_INFINITY;
    }
    for (int d = 0; d < devices; d++) {
      for (int c = 0; c <= cores; c++) {
        least[d + 1][c] = Double.POSITIVE_INFINITY;
        for (int own = 1; own <= c; own++) {
          DevicePlan p = bestSplit(model, d, tuple.exits().get(d), own);
          double seconds = least[d][c - own] + model.seconds(d, p);
          if (seconds < least[d + 1][c]) {
            least[d + 1][c] = seconds;
            choice[d][c] = p;
          }
        }
      }
    }
    List<DevicePlan> plan = new ArrayList<>();
    int left = cores;
    for (int d = devices - 1; d >= 0; d--) {
      plan.add(0, choice[d][left]);
      left -= choice[d][left].cores();
    }
    return new Solution(plan, model.worth(plan));
  }

  private static DevicePlan bestSplit(
      CollaborationModel model, int device, String exit, int cores) {
    return model.feasibleSplits(device, exit).stream()
        .map(split -> new DevicePlan(exit, split, cores))
        .min((a, b) -> Double.compare(model.seconds(device, a), model.seconds(device, b)))
        .orElseThrow(
            () -> new IllegalArgumentException(exit + " does not fit on device " + device));
  }

  /** Every plan of one tuple, for small systems: what the dynamic programme must agree with. */
  public static List<List<DevicePlan>> enumerate(CollaborationModel model, ExitTuple tuple) {
    List<List<DevicePlan>> plans = new ArrayList<>();
    extend(model, tuple, new ArrayList<>(), model.cloudCores(), plans);
    return plans;
  }

  private static void extend(
      CollaborationModel model,
      ExitTuple tuple,
      List<DevicePlan> soFar,
      int left,
      List<List<DevicePlan>> plans) {
    int d = soFar.size();
    int after = model.devices() - d - 1;
    if (after < 0) {
      plans.add(List.copyOf(soFar));
      return;
    }
    boolean shared = model.sharesCores();
    int least = after == 0 || !shared ? left : 1;
    IntStream.rangeClosed(least, shared ? left - after : left)
        .forEach(
            cores -> {
              for (int split : model.feasibleSplits(d, tuple.exits().get(d))) {
                soFar.add(new DevicePlan(tuple.exits().get(d), split, cores));
                extend(model, tuple, soFar, shared ? left - cores : left, plans);
                soFar.remove(d);
              }
            });
  }
}
