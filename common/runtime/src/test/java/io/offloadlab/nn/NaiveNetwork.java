package io.offloadlab.nn;

import io.offloadlab.graph.Layer;
import io.offloadlab.graph.ModelGraph;
import io.offloadlab.graph.Shape;
import io.offloadlab.graph.Vertex;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What the layers mean, written down as plainly as possible, in double precision and without
 * folding: the independent computation that the engine is compared with. One image at a time.
 */
final class NaiveNetwork {
  private final ModelGraph graph;
  private final Map<String, float[]> weights;

  /**
   * @param weights values by tensor name, as in {@link ModelGraph#tensors}
   */
  NaiveNetwork(ModelGraph graph, Map<String, float[]> weights) {
    this.graph = graph;
    this.weights = weights;
  }

  double[] run(double[] image) {
    Map<String, double[]> values = new HashMap<>(Map.of(ModelGraph.INPUT, image));
    for (Vertex v : graph.vertices()) {
      List<double[]> in = v.inputs().stream().map(values::get).toList();
      values.put(v.name(), apply(v, graph.shape(v.inputs().get(0)), in));
    }
    return values.get(graph.output());
  }

  private double[] apply(Vertex v, Shape in, List<double[]> x) {
    Shape out = graph.shape(v.name());
    double[] y = new double[(int) out.elements()];
    double[] first = x.get(0);
    if (v.layer() instanceof Layer.Conv2d c) {
      convolve(c, in, out, first, y, tensor(v, "weight"), c.bias() ? tensor(v, "bias") : null);
    } else if (v.layer() instanceof Layer.BatchNorm2d norm) {
      int area = out.height() * out.width();
      for (int i = 0; i < y.length; i++) {
        int ch = i / area;
        double deviation = Math.sqrt(tensor(v, "running_var")[ch] + norm.epsilon());
        double normal = (first[i] - tensor(v, "running_mean")[ch]) / deviation;
        y[i] = normal * tensor(v, "weight")[ch] + tensor(v, "bias")[ch];
      }
    } else if (v.layer() instanceof Layer.Relu r) {
      for (int i = 0; i < y.length; i++) {
        y[i] = Math.min(r.ceiling(), Math.max(0, first[i]));
      }
    } else if (v.layer() instanceof Layer.Add) {
      for (int i = 0; i < y.length; i++) {
        y[i] = first[i] + x.get(1)[i];
      }
    } else if (v.layer() instanceof Layer.AvgPool2d p) {
      pool(p.window(), in, out, first, y);
    } else if (v.layer() instanceof Layer.Flatten) {
      return first;
    } else if (v.layer() instanceof Layer.Linear l) {
      for (int o = 0; o < l.out(); o++) {
        y[o] = tensor(v, "bias")[o];
        for (int i = 0; i < l.in(); i++) {
          y[o] += (double) tensor(v, "weight")[o * l.in() + i] * first[i];
        }
      }
    }
    return y;
  }

  private float[] tensor(Vertex v, String name) {
    return weights.get(v.name() + "." + name);
  }

  private static void convolve(
      Layer.Conv2d c, Shape in, Shape out, double[] x, double[] y, float[] weight, float[] bias) {
    int inPerGroup = c.in() / c.groups();
    int outPerGroup = c.out() / c.groups();
    int at = 0;
    for (int o = 0; o < c.out(); o++) {
      for (int row = 0; row < out.height(); row++) {
        for (int column = 0; column < out.width(); column++) {
          double sum = bias == null ? 0 : bias[o];
          for (int i = 0; i < inPerGroup; i++) {
            int channel = o / outPerGroup * inPerGroup + i;
            for (int kr = 0; kr < c.kernel(); kr++) {
              for (int kc = 0; kc < c.kernel(); kc++) {
                int r = row * c.stride() + kr - c.padding();
                int s = column * c.stride() + kc - c.padding();
                if (r >= 0 && r < in.height() && s >= 0 && s < in.width()) {
                  sum +=
                      x[(channel * in.height() + r) * in.width() + s]
                          * weight[((o * inPerGroup + i) * c.kernel() + kr) * c.kernel() + kc];
                }
              }
            }
          }
          y[at++] = sum;
        }
      }
    }
  }

  private static void pool(int window, Shape in, Shape out, double[] x, double[] y) {
    int at = 0;
    for (int channel = 0; channel < out.channels(); channel++) {
      for (int row = 0; row < out.height(); row++) {
        for (int column = 0; column < out.width(); column++) {
          double sum = 0;
          for (int r = row * window; r < (row + 1) * window; r++) {
            for (int s = column * window; s < (column + 1) * window; s++) {
              sum += x[(channel * in.height() + r) * in.width() + s];
            }
          }
          y[at++] = sum / (window * window);
        }
      }
    }
  }
}
