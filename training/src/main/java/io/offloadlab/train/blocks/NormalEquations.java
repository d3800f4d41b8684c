package io.offloadlab.train.blocks;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.offloadlab.graph.Layer;
import java.util.random.RandomGenerator;

/**
 * The convolution kernel that best maps given inputs to given outputs: ridge regression over
 * patches, {@code (U'U + r I) W = U'V} with {@code r} a thousandth of the mean diagonal, as the
 * shipped blocks were made. Sums are kept in double precision.
 */
final class NormalEquations implements AutoCloseable {
  private static final double RIDGE = 1e-3;

  /** Patches taken of one batch at most. */
  private static final int PATCHES = 8192;

  private final Layer.Conv2d conv;
  private final float[] bias;
  private final NDManager manager;
  private final int unknowns;
  private NDArray gram;
  private NDArray moments;

  /**
   * Begins with nothing.
   *
   * @param conv a convolution of one group
   * @param bias what it adds to every output channel, which stays as it is
   * @param owner closes the sums at the latest
   */
  NormalEquations(Layer.Conv2d conv, float[] bias, NDManager owner) {
    this.conv = conv;
    this.bias = bias;
    this.manager = owner.newSubManager();
    this.unknowns = conv.in() * conv.kernel() * conv.kernel();
    this.gram = manager.zeros(new Shape(unknowns, unknowns), DataType.FLOAT64);
    this.moments = manager.zeros(new Shape(unknowns, conv.out()), DataType.FLOAT64);
  }

  /**
   * Adds a batch.
   *
   * @param input {@code (n, in, h, w)}
   * @param target {@code (n, out, h', w')}
   * @param random chooses patches where there are too many
   */
  void add(NDArray input, NDArray target, RandomGenerator random) {
    int[] in = extents(input);
    int[] out = extents(target);
    int area = out[2] * out[3];
    int all = out[0] * area;
    int rows = Math.min(all, PATCHES);
    float[] x = input.toFloatArray();
    float[] y = target.toFloatArray();
    float[] u = new float[rows * unknowns];
    float[] v = new float[rows * out[1]];
    for (int r = 0; r < rows; r++) {
      int place = rows == all ? r : random.nextInt(all);
      int image = place / area;
      patch(x, in, image, place % area / out[3], place % out[3], u, r * unknowns);
      for (int c = 0; c < out[1]; c++) {
        v[r * out[1] + c] = y[(image * out[1] + c) * area + place % area] - bias[c];
      }
    }
    try (NDManager scope = manager.newSubManager()) {
      NDArray patches = scope.create(u, new Shape(rows, unknowns));
      NDArray wanted = scope.create(v, new Shape(rows, out[1]));
      NDArray transposed = patches.transpose();
      gram.addi(transposed.matMul(patches).toType(DataType.FLOAT64, false));
      moments.addi(transposed.matMul(wanted).toType(DataType.FLOAT64, false));
    }
  }

  private void patch(float[] x, int[] in, int image, int row, int column, float[] to, int at) {
    int k = conv.kernel();
    for (int c = 0; c < in[1]; c++) {
      for (int kr = 0; kr < k; kr++) {
        int r = row * conv.stride() + kr - conv.padding();
        for (int kc = 0; kc < k; kc++) {
          int s = column * conv.stride() + kc - conv.padding();
          boolean inside = r >= 0 && r < in[2] && s >= 0 && s < in[3];
          to[at++] = inside ? x[((image * in[1] + c) * in[2] + r) * in[3] + s] : 0;
        }
      }
    }
  }

  private static int[] extents(NDArray array) {
    int[] extents = new int[4];
    for (int i = 0; i < 4; i++) {
      extents[i] = (int) array.getShape().get(i);
    }
    return extents;
  }

  /** The kernel {@code (out, in, k, k)}, row-major. */
  float[] solve() {
    try (NDManager scope = manager.newSubManager()) {
      double mean = 0;
      double[] values = gram.toDoubleArray();
      for (int i = 0; i < unknowns; i++) {
        mean += values[i * (unknowns + 1)] / unknowns;
      }
      double ridge = Math.max(RIDGE * mean, Double.MIN_NORMAL);
      for (int i = 0; i < unknowns; i++) {
        values[i * (unknowns + 1)] += ridge;
      }
      NDArray regular = scope.create(values, new Shape(unknowns, unknowns));
      NDArray kernel = regular.inverse().matMul(moments);
      return kernel.transpose().toType(DataType.FLOAT32, false).toFloatArray();
    }
  }

  @Override
  public void close() {
    manager.close();
  }
}
