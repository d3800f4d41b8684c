package io.offloadlab.ddpg.environment;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What an action in R^2N means: its first N numbers choose split points, its last N share out the
 * cloud's cores. Split points are numbered among the feasible ones, so none is ever infeasible.
 */
public enum ActionDecoder {
  /**
   * Every device's split point from its own number in [-1, 1], cut into as many parts as there are
   * split points; the two outermost parts are wider, since everything on one side is often best and
   * lies in a corner that is otherwise hard to hit. Scores of the cores are scaled so that every
   * sharing can be reached.
   */
  @JsonProperty("per-device")
  PER_DEVICE {
    @Override
    int splitIndex(double[] x, int device, int count) {
      int index = (int) Math.floor((x[device] * OUTER + 1) / 2 * count);
      return Math.max(0, Math.min(count - 1, index));
    }

    @Override
    double coreScale(int cores) {
      return Math.log(Math.max(2, cores));
    }
  },
  /**
   * As in the published code: a softmax across devices for the split points too, so that what one
   * device runs another does not.
   */
  @JsonProperty("softmax")
  SOFTMAX {
    @Override
    int splitIndex(double[] x, int device, int count) {
      return (int) Math.round(CoreShares.softmax(x)[device] * (count - 1));
    }

    @Override
    double coreScale(int cores) {
      return 1;
    }
  };

  private static final double OUTER = 1.25;

  /** Position among {@code count} feasible split points. */
  abstract int splitIndex(double[] x, int device, int count);

  abstract double coreScale(int cores);

  /** Shares of the cloud's cores; all of them for each where only one task is there at a time. */
  private static int[] cores(double[] scores, CollaborationModel model) {
    if (model.sharesCores()) {
      return CoreShares.fromScores(scores, model.cloudCores());
    }
    int[] all = new int[scores.length];
    Arrays.fill(all, model.cloudCores());
    return all;
  }

  /**
   * The plan that an action stands for.
   *
   * @param action 2N numbers
   * @param tuple exits of the N devices
   * @param model the problem
   */
  List<DevicePlan> decode(double[] action, ExitTuple tuple, CollaborationModel model) {
    int n = model.devices();
    double[] x = Arrays.copyOfRange(action, 0, n);
    double scale = coreScale(model.cloudCores());
    double[] y = Arrays.stream(action, n, 2 * n).map(v -> v * scale).toArray();
    int[] cores = cores(y, model);
    List<DevicePlan> plan = new ArrayList<>();
    for (int d = 0; d < n; d++) {
      String exit = tuple.exits().get(d);
      List<Integer> splits = model.feasibleSplits(d, exit);
      plan.add(new DevicePlan(exit, splits.get(splitIndex(x, d, splits.size())), cores[d]));
    }
    return List.copyOf(plan);
  }
}
