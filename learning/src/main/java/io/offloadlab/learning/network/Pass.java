package io.offloadlab.learning.network;

import static org.bytedeco.openblas.global.openblas_nolapack.CblasNoTrans;
import static org.bytedeco.openblas.global.openblas_nolapack.CblasRowMajor;
import static org.bytedeco.openblas.global.openblas_nolapack.CblasTrans;
import static org.bytedeco.openblas.global.openblas_nolapack.cblas_sgemm;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Room for one pass of a batch through a network, forward and backward; nothing is allocated in a
 * pass. A network's weights may be used in several passes at once.
 */
public final class Pass implements AutoCloseable {
  private final Mlp net;
  private final List<Floats> activations = new ArrayList<>();
  private final List<Floats> gradients = new ArrayList<>();

  /**
   * @param net shape
   * @param maxRows largest batch
   */
  public Pass(Mlp net, int maxRows) {
    this.net = net;
    for (int size : net.sizes()) {
      activations.add(new Floats(maxRows * size));
      gradients.add(new Floats(maxRows * size));
    }
  }

  /** To be filled before {@link #forward}: {@code [rows, inputs]}. */
  public FloatBuffer input() {
    return activations.get(0).values();
  }

  /** After {@link #forward}: {@code [rows, outputs]}. */
  public FloatBuffer output() {
    return activations.get(net.layers()).values();
  }

  /** To be filled before {@link #backward}: the loss's gradient by the output. */
  public FloatBuffer outputGradient() {
    return gradients.get(net.layers()).values();
  }

  /** After {@link #backward}: the loss's gradient by the input. */
  public FloatBuffer inputGradient() {
    return gradients.get(0).values();
  }

  /**
   * From the input to the output.
   *
   * @param parameters of the network
   * @param rows of the batch, at most those that there is room for
   */
  public void forward(Floats parameters, int rows) {
    for (int l = 0; l < net.layers(); l++) {
      int in = net.in(l);
      int out = net.out(l);
      Floats y = activations.get(l + 1);
      cblas_sgemm(
          CblasRowMajor,
          CblasNoTrans,
          CblasNoTrans,
          rows,
          out,
          in,
          1,
          activations.get(l).at(0),
          in,
          parameters.at(net.weights(l)),
          out,
          0,
          y.at(0),
          out);
      activate(y.values(), parameters.values(), net.biases(l), rows, out, net.activation(l));
    }
  }

  /**
   * From the output's gradient to the input's.
   *
   * @param parameters those of the forward pass
   * @param rows those of the forward pass
   * @param into where the loss's gradient by the parameters goes, or null if it is not wanted
   */
  public void backward(Floats parameters, int rows, Floats into) {
    for (int l = net.layers() - 1; l >= 0; l--) {
      int in = net.in(l);
      int out = net.out(l);
      Floats dy = gradients.get(l + 1);
      slope(dy.values(), activations.get(l + 1).values(), rows * out, net.activation(l));
      if (into != null) {
        cblas_sgemm(
            CblasRowMajor,
            CblasTrans,
            CblasNoTrans,
            in,
            out,
            rows,
            1,
            activations.get(l).at(0),
            in,
            dy.at(0),
            out,
            0,
            into.at(net.weights(l)),
            out);
        sumRows(dy.values(), rows, out, into.values(), net.biases(l));
      }
      cblas_sgemm(
          CblasRowMajor,
          CblasNoTrans,
          CblasTrans,
          rows,
          in,
          out,
          1,
          dy.at(0),
          out,
          parameters.at(net.weights(l)),
          out,
          0,
          gradients.get(l).at(0),
          in);
    }
  }

  private static void activate(
      FloatBuffer y, FloatBuffer parameters, int biases, int rows, int out, Activation f) {
    for (int r = 0; r < rows; r++) {
      for (int j = 0; j < out; j++) {
        y.put(r * out + j, f.apply(y.get(r * out + j) + parameters.get(biases + j)));
      }
    }
  }

  private static void slope(FloatBuffer dy, FloatBuffer y, int count, Activation f) {
    if (f != Activation.IDENTITY) {
      for (int i = 0; i < count; i++) {
        dy.put(i, dy.get(i) * f.slope(y.get(i)));
      }
    }
  }

  private static void sumRows(FloatBuffer dy, int rows, int out, FloatBuffer into, int at) {
    for (int j = 0; j < out; j++) {
      float sum = 0;
      for (int r = 0; r < rows; r++) {
        sum += dy.get(r * out + j);
      }
      into.put(at + j, sum);
    }
  }

  @Override
  public void close() {
    activations.forEach(Floats::close);
    gradients.forEach(Floats::close);
  }
}
