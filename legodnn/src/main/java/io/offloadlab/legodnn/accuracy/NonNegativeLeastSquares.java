package io.offloadlab.legodnn.accuracy;

/**
 * Minimises {@code x'Gx/2 - r'x} over x >= 0 for a positive definite G by cyclic coordinate
 * descent, which converges to the one minimum.
 */
final class NonNegativeLeastSquares {
  private static final int MOST_SWEEPS = 2000;
  private static final double CONVERGED = 1e-7;

  private NonNegativeLeastSquares() {}

  /**
   * The minimum.
   *
   * @param start where to begin; not negative
   */
  static double[] solve(double[][] gram, double[] right, double[] start) {
    double[] x = start.clone();
    for (int sweep = 0; sweep < MOST_SWEEPS; sweep++) {
      double moved = 0;
      for (int i = 0; i < x.length; i++) {
        double gradient = -right[i];
        for (int j = 0; j < x.length; j++) {
          gradient += gram[i][j] * x[j];
        }
        double next = Math.max(0, x[i] - gradient / gram[i][i]);
        moved = Math.max(moved, Math.abs(next - x[i]));
        x[i] = next;
      }
      if (moved < CONVERGED) {
        break;
      }
    }
    return x;
  }
}
