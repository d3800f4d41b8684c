package io.offloadlab.train.autograd;

import io.offloadlab.graph.Layer;
import io.offloadlab.graph.ModelGraph;
import io.offloadlab.graph.Shape;
import io.offloadlab.graph.Vertex;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.DoubleBinaryOperator;

/**
 * What a batch in training mode means, written down as plainly as possible and in double precision:
 * the independent computation that gradients and running statistics are compared with.
 */
final class NaiveTraining {
  private final ModelGraph graph;
  private final Map<String, double[]> weights;

  /** Mean and unbiased variance per channel of the last batch, by batch norm. */
  final Map<String, double[][]> statistics = new HashMap<>();

  NaiveTraining(ModelGraph graph, Map<String, double[]> weights) {
    this.graph = graph;
    this.weights = weights;
  }

  /** Outputs of each image of a batch. */
  double[][] run(double[][] batch) {
    Map<String, double[][]> values = new HashMap<>(Map.of(ModelGraph.INPUT, batch));
    for (Vertex v : graph.vertices()) {
      List<double[][]> in = v.inputs().stream().map(values::get).toList();
      values.put(v.name(), apply(v, graph.shape(v.inputs().get(0)), in));
    }
    return values.get(graph.output());
  }

  private double[][] apply(Vertex v, Shape in, List<double[][]> x) {
    Shape out = graph.shape(v.name());
    return v.layer().accept(new Computation(v.name(), in, out, x));
  }

  /** One layer on a batch. */
  private final class Computation implements Layer.Visitor<double[][]> {
    private final String name;
    private final Shape in;
    private final Shape out;
    private final double[][] first;
    private final List<double[][]> all;

    Computation(String name, Shape in, Shape out, List<double[][]> x) {
      this.name = name;
      this.in = in;
      this.out = out;
      this.first = x.get(0);
      this.all = x;
    }

    private double[][] perImage(BiConsumer<double[], double[]> fill) {
      double[][] y = new double[first.length][(int) out.elements()];
      for (int n = 0; n < y.length; n++) {
        fill.accept(first[n], y[n]);
      }
      return y;
    }

    @Override
    public double[][] conv2d(Layer.Conv2d c) {
      double[] bias = c.bias() ? weights.get(name + ".bias") : new double[c.out()];
      return perImage((x, y) -> convolve(c, in, out, x, y, weights.get(name + ".weight"), bias));
    }

    @Override
    public double[][] batchNorm2d(Layer.BatchNorm2d norm) {
      return normalise(name, norm, in.height() * in.width(), first);
    }

    @Override
    public double[][] relu(Layer.Relu r) {
      return perImage((x, y) -> Arrays.setAll(y, i -> Math.min(r.ceiling(), Math.max(0, x[i]))));
    }

    @Override
    public double[][] add(Layer.Add add) {
      double[][] y = new double[first.length][(int) out.elements()];
      for (int n = 0; n < y.length; n++) {
        for (int i = 0; i < y[n].length; i++) {
          y[n][i] = first[n][i] + all.get(1)[n][i];
        }
      }
      return y;
    }

    @Override
    public double[][] avgPool2d(Layer.AvgPool2d p) {
      double area = p.window() * p.window();
      return perImage((x, y) -> pool(p.window(), in, out, x, y, (sum, v) -> sum + v / area, 0));
    }

    @Override
    public double[][] maxPool2d(Layer.MaxPool2d p) {
      return perImage(
          (x, y) -> pool(p.window(), in, out, x, y, Math::max, Double.NEGATIVE_INFINITY));
    }

    @Override
    public double[][] flatten(Layer.Flatten flatten) {
      return first;
    }

    @Override
    public double[][] linear(Layer.Linear l) {
      double[] w = weights.get(name + ".weight");
      return perImage(
          (x, y) -> {
            for (int o = 0; o < l.out(); o++) {
              y[o] = weights.get(name + ".bias")[o];
              for (int i = 0; i < l.in(); i++) {
                y[o] += w[o * l.in() + i] * x[i];
              }
            }
          });
    }
  }

  private double[][] normalise(String name, Layer.BatchNorm2d norm, int area, double[][] x) {
    double[][] y = new double[x.length][x[0].length];
    double[] means = new double[norm.channels()];
    double[] unbiased = new double[norm.channels()];
    for (int c = 0; c < norm.channels(); c++) {
      int count = x.length * area;
      double mean = 0;
      for (double[] image : x) {
        for (int i = c * area; i < (c + 1) * area; i++) {
          mean += image[i] / count;
        }
      }
      double variance = 0;
      for (double[] image : x) {
        for (int i = c * area; i < (c + 1) * area; i++) {
          variance += Math.pow(image[i] - mean, 2) / count;
        }
      }
      means[c] = mean;
      unbiased[c] = variance * count / (count - 1);
      double gamma = weights.get(name + ".weight")[c];
      double beta = weights.get(name + ".bias")[c];
      for (int n = 0; n < x.length; n++) {
        for (int i = c * area; i < (c + 1) * area; i++) {
          y[n][i] = (x[n][i] - mean) / Math.sqrt(variance + norm.epsilon()) * gamma + beta;
        }
      }
    }
    statistics.put(name, new double[][] {means, unbiased});
    return y;
  }

  private static void convolve(
      Layer.Conv2d c, Shape in, Shape out, double[] x, double[] y, double[] weight, double[] bias) {
    int inPerGroup = c.in() / c.groups();
    int outPerGroup = c.out() / c.groups();
    int at = 0;
    for (int o = 0; o < c.out(); o++) {
      for (int row = 0; row < out.height(); row++) {
        for (int column = 0; column < out.width(); column++) {
          double sum = bias[o];
          for (int i = 0; i < inPerGroup; i++) {
            int channel = o / outPerGroup * inPerGroup + i;
            for (int k = 0; k < c.kernel() * c.kernel(); k++) {
              int r = row * c.stride() + k / c.kernel() - c.padding();
              int s = column * c.stride() + k % c.kernel() - c.padding();
              if (r >= 0 && r < in.height() && s >= 0 && s < in.width()) {
                int w = (o * inPerGroup + i) * c.kernel() * c.kernel() + k;
                sum += x[(channel * in.height() + r) * in.width() + s] * weight[w];
              }
            }
          }
          y[at++] = sum;
        }
      }
    }
  }

  private static void pool(
      int window,
      Shape in,
      Shape out,
      double[] x,
      double[] y,
      DoubleBinaryOperator gather,
      double start) {
    for (int i = 0; i < y.length; i++) {
      int column = i % out.width();
      int row = i / out.width() % out.height();
      int channel = i / (out.width() * out.height());
      y[i] = start;
      for (int k = 0; k < window * window; k++) {
        int r = row * window + k / window;
        int s = column * window + k % window;
        y[i] = gather.applyAsDouble(y[i], x[(channel * in.height() + r) * in.width() + s]);
      }
    }
  }

  /** Smoothed cross-entropy, averaged over the batch. */
  static double crossEntropy(double[][] logits, int[] labels, double smoothing) {
    double loss = 0;
    for (int n = 0; n < logits.length; n++) {
      double sum = Arrays.stream(logits[n]).map(Math::exp).sum();
      for (int c = 0; c < logits[n].length; c++) {
        double target = smoothing / logits[n].length + (c == labels[n] ? 1 - smoothing : 0);
        loss -= target * (logits[n][c] - Math.log(sum)) / logits.length;
      }
    }
    return loss;
  }
}
