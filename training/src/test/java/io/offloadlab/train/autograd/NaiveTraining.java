package io.offloadlab.train.autograd;

import io.offloadlab.graph.Layer;
import io.offloadlab.graph.ModelGraph;
import io.offloadlab.graph.Shape;
import io.offloadlab.graph.Vertex;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

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
    if (v.layer() instanceof Layer.BatchNorm2d norm) {
      return normalise(v.name(), norm, in.height() * in.width(), x.get(0));
    }
    double[][] y = new double[x.get(0).length][];
    for (int n = 0; n < y.length; n++) {
      y[n] = new double[(int) out.elements()];
      double[] first = x.get(0)[n];
      if (v.layer() instanceof Layer.Conv2d c) {
        convolve(c, in, out, first, y[n], weights.get(v.name() + ".weight"));
      } else if (v.layer() instanceof Layer.Relu r) {
        Arrays.setAll(y[n], i -> Math.min(r.ceiling(), Math.max(0, first[i])));
      } else if (v.layer() instanceof Layer.Add) {
        double[] second = x.get(1)[n];
        Arrays.setAll(y[n], i -> first[i] + second[i]);
      } else if (v.layer() instanceof Layer.AvgPool2d p) {
        pool(p.window(), in, out, first, y[n]);
      } else if (v.layer() instanceof Layer.Flatten) {
        y[n] = first;
      } else if (v.layer() instanceof Layer.Linear l) {
        double[] w = weights.get(v.name() + ".weight");
        for (int o = 0; o < l.out(); o++) {
          y[n][o] = weights.get(v.name() + ".bias")[o];
          for (int i = 0; i < l.in(); i++) {
            y[n][o] += w[o * l.in() + i] * first[i];
          }
        }
      }
    }
    return y;
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
      Layer.Conv2d c, Shape in, Shape out, double[] x, double[] y, double[] weight) {
    int inPerGroup = c.in() / c.groups();
    int outPerGroup = c.out() / c.groups();
    int at = 0;
    for (int o = 0; o < c.out(); o++) {
      for (int row = 0; row < out.height(); row++) {
        for (int column = 0; column < out.width(); column++) {
          double sum = 0;
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

  private static void pool(int window, Shape in, Shape out, double[] x, double[] y) {
    for (int i = 0; i < y.length; i++) {
      int column = i % out.width();
      int row = i / out.width() % out.height();
      int channel = i / (out.width() * out.height());
      for (int k = 0; k < window * window; k++) {
        int r = row * window + k / window;
        int s = column * window + k % window;
        y[i] += x[(channel * in.height() + r) * in.width() + s] / (window * window);
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
