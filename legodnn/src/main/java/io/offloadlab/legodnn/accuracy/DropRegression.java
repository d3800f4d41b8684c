package io.offloadlab.legodnn.accuracy;

import io.offloadlab.legodnn.accuracy.Observations.Observation;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Fits costs per block and variant, and kappa, to measured drops D.
 *
 * <p>For a given kappa the link is undone, z = ln(1 + kappa D) / kappa, and the costs follow from
 * one linear problem: minimise over the steps s_bk = c_bk - c_b(k-1) >= 0
 *
 * <pre>sum_n w_n (sum of steps up to the network's variants - z_n)^2 + ridge |s - s0|^2</pre>
 *
 * where w_n = images_n (1 + kappa D_n)^2 turns errors of z into errors of the drop, and s0 are the
 * steps measured with every other block original. Images are counted in {@value #IMAGE_UNIT}s, so
 * that a ridge of 1 weighs a step like one network measured on that many images. Kappa minimises
 * the same sum with the errors taken in the drop itself.
 */
final class DropRegression {
  private static final double IMAGE_UNIT = 2000;
  private static final double RIDGE = 1;
  private static final double MOST_KAPPA = 100;
  private static final int COARSE = 10;
  private static final double KAPPA_ACCURACY = 0.1;
  private static final double GOLDEN = (Math.sqrt(5) - 1) / 2;

  private final Observations shape;
  private final List<Observation> training;
  private final int[] firstStep;
  private final double[] prior;
  private double kappa;
  private double[] steps;
  private double[] latest;

  private DropRegression(Observations shape, List<Observation> training) {
    this.shape = shape;
    this.training = training;
    this.firstStep = new int[shape.blocks().size() + 1];
    for (int b = 0; b < shape.blocks().size(); b++) {
      firstStep[b + 1] = firstStep[b] + shape.sparsities().get(b).size() - 1;
    }
    this.prior = measuredSteps();
    this.latest = prior;
  }

  static DropRegression fit(Observations shape, List<Observation> training) {
    DropRegression r = new DropRegression(shape, training);
    r.kappa = r.bestKappa();
    r.steps = r.stepsFor(r.kappa);
    return r;
  }

  /** Drop that a total cost stands for. */
  static double drop(double cost, double kappa) {
    return kappa == 0 ? cost : Math.expm1(kappa * cost) / kappa;
  }

  /** Total cost that a drop stands for: the inverse of {@link #drop}. */
  static double cost(double drop, double kappa) {
    if (kappa == 0) {
      return drop;
    }
    return 1 + kappa * drop <= 0 ? Double.NEGATIVE_INFINITY : Math.log1p(kappa * drop) / kappa;
  }

  double kappa() {
    return kappa;
  }

  double cost(int block, int variant) {
    return sum(steps, block, variant);
  }

  private double sum(double[] of, int block, int variant) {
    double sum = 0;
    for (int k = 0; k < variant; k++) {
      sum += of[firstStep[block] + k];
    }
    return sum;
  }

  /** A coarse scan, since nothing says there is one valley only, then golden section. */
  private double bestKappa() {
    double best = 0;
    double least = Double.POSITIVE_INFINITY;
    for (int i = 0; i <= COARSE; i++) {
      double k = MOST_KAPPA * i / COARSE;
      double loss = loss(k);
      if (loss < least) {
        least = loss;
        best = k;
      }
    }
    double low = Math.max(0, best - MOST_KAPPA / COARSE);
    double high = Math.min(MOST_KAPPA, best + MOST_KAPPA / COARSE);
    while (high - low > KAPPA_ACCURACY) {
      double left = high - GOLDEN * (high - low);
      double right = low + GOLDEN * (high - low);
      if (loss(left) <= loss(right)) {
        high = right;
      } else {
        low = left;
      }
    }
    double middle = (low + high) / 2;
    return loss(middle) < least ? middle : best;
  }

  private double loss(double k) {
    double[] s = stepsFor(k);
    double loss = 0;
    for (Observation o : training) {
      double error = drop(total(s, o), k) - o.drop();
      loss += o.images() / IMAGE_UNIT * error * error;
    }
    for (int i = 0; i < s.length; i++) {
      loss += RIDGE * (s[i] - prior[i]) * (s[i] - prior[i]);
    }
    return loss;
  }

  private double total(double[] s, Observation o) {
    double total = 0;
    for (int b = 0; b < firstStep.length - 1; b++) {
      total += sum(s, b, o.variants().get(b));
    }
    return total;
  }

  private double[] stepsFor(double k) {
    int n = prior.length;
    double[][] gram = new double[n][n];
    double[] right = new double[n];
    for (int i = 0; i < n; i++) {
      gram[i][i] = RIDGE;
      right[i] = RIDGE * prior[i];
    }
    for (Observation o : training) {
      // A network measured to be better than the original must not turn the logarithm's argument.
      double stretch = Math.max(0.1, 1 + k * o.drop());
      double z = k == 0 ? o.drop() : Math.log(stretch) / k;
      double weight = o.images() / IMAGE_UNIT * stretch * stretch;
      int[] active = activeSteps(o);
      for (int i : active) {
        right[i] += weight * z;
        for (int j : active) {
          gram[i][j] += weight;
        }
      }
    }
    // Neighbouring kappas have neighbouring solutions.
    latest = NonNegativeLeastSquares.solve(gram, right, latest);
    return latest;
  }

  private int[] activeSteps(Observation o) {
    int[] active = new int[o.variants().stream().mapToInt(Integer::intValue).sum()];
    int at = 0;
    for (int b = 0; b < firstStep.length - 1; b++) {
      for (int k = 0; k < o.variants().get(b); k++) {
        active[at++] = firstStep[b] + k;
      }
    }
    return active;
  }

  /** Steps between single swaps into the original network; 0 where none was measured. */
  private double[] measuredSteps() {
    double[][] drops = new double[firstStep.length - 1][];
    for (int b = 0; b < drops.length; b++) {
      drops[b] = new double[shape.sparsities().get(b).size()];
    }
    for (Observation o : shape.networks()) {
      int[] pruned = prunedBlocks(o);
      if (!o.combination() && pruned.length == 1) {
        drops[pruned[0]][o.variants().get(pruned[0])] = o.drop();
      }
    }
    double[] measured = new double[firstStep[drops.length]];
    for (int b = 0; b < drops.length; b++) {
      for (int k = 1; k < drops[b].length; k++) {
        measured[firstStep[b] + k - 1] = Math.max(0, drops[b][k] - drops[b][k - 1]);
      }
    }
    return measured;
  }

  private static int[] prunedBlocks(Observation o) {
    return IntStream.range(0, o.variants().size()).filter(b -> o.variants().get(b) > 0).toArray();
  }
}
