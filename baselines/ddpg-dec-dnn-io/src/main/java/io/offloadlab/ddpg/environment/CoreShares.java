package io.offloadlab.ddpg.environment;

import java.util.Arrays;

/** Shares out the cloud's cores: whole ones, at least one each. */
final class CoreShares {
  private CoreShares() {}

  /**
   * Softmax to whole cores: one each, the rest in proportion to the softmax of the scores by
   * largest remainder, earlier devices first where remainders are equal.
   *
   * @param scores one per device
   * @param cores to share out, at least one per device
   */
  static int[] fromScores(double[] scores, int cores) {
    int n = scores.length;
    double[] weights = softmax(scores);
    int[] shares = new int[n];
    double[] rest = new double[n];
    int given = 0;
    for (int i = 0; i < n; i++) {
      double exact = weights[i] * (cores - n);
      shares[i] = 1 + (int) Math.floor(exact);
      rest[i] = exact - Math.floor(exact);
      given += shares[i];
    }
    for (; given < cores; given++) {
      int most = 0;
      for (int i = 1; i < n; i++) {
        if (rest[i] > rest[most]) {
          most = i;
        }
      }
      shares[most]++;
      rest[most] = -1;
    }
    return shares;
  }

  static double[] softmax(double[] scores) {
    double max = Arrays.stream(scores).max().orElseThrow();
    double[] weights = Arrays.stream(scores).map(s -> Math.exp(s - max)).toArray();
    double sum = Arrays.stream(weights).sum();
    return Arrays.stream(weights).map(w -> w / sum).toArray();
  }
}
