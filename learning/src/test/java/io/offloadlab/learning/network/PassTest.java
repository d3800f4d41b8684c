package io.offloadlab.learning.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.offloadlab.learning.optimiser.AdamOptimiser;
import io.offloadlab.learning.random.SplitMix64;
import java.util.List;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.weights.WeightInit;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.AdamUpdater;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** Against DL4J's own networks and optimiser, which compute the same another way. */
class PassTest {
  private static final int ROWS = 7;

  @Test
  void forwardAndBackward_agreeWithDl4jsMultiLayerNetwork() {
    NativeLibrary.load("ddpg");
    SplitMix64 random = new SplitMix64(3);
    Mlp shape = new Mlp(List.of(5, 6, 4, 2), io.offloadlab.learning.network.Activation.TANH);
    try (Floats weights = shape.initial(0.5, random);
        Floats gradient = new Floats(shape.parameters());
        Pass pass = new Pass(shape, ROWS)) {
      MultiLayerNetwork dl4j = dl4j(shape, weights);
      INDArray input = uniform(ROWS, 5, random);
      INDArray labels = uniform(ROWS, 2, random);
      pass.input().put(0, input.data().asFloat());

      pass.forward(weights, ROWS);

      float[] output = new float[ROWS * 2];
      pass.output().get(0, output);
      assertThat(output).containsExactly(dl4j.output(input).dup('c').data().asFloat(), TOLERANCE);

      // DL4J's mean squared error: mean over the outputs, and over the rows after that.
      for (int i = 0; i < output.length; i++) {
        pass.outputGradient().put(i, 2 * (output[i] - labels.data().getFloat(i)) / 2 / ROWS);
      }
      pass.backward(weights, ROWS, gradient);
      dl4j.setInput(input);
      dl4j.setLabels(labels);
      dl4j.computeGradientAndScore();

      for (int l = 0; l < shape.layers(); l++) {
        INDArray w = dl4j.gradient().getGradientFor(l + "_W").dup('c');
        // DL4J divides by the number of rows when it applies a gradient, not before.
        assertSame(gradient, shape.weights(l), w.div(ROWS));
        assertSame(gradient, shape.biases(l), dl4j.gradient().getGradientFor(l + "_b").div(ROWS));
      }
    }
  }

  private static final org.assertj.core.data.Offset<Float> TOLERANCE = within(1e-5f);

  private static void assertSame(Floats ours, int at, INDArray theirs) {
    float[] expected = theirs.dup('c').data().asFloat();
    for (int i = 0; i < expected.length; i++) {
      assertThat(ours.values().get(at + i)).isCloseTo(expected[i], TOLERANCE);
    }
  }

  private static MultiLayerNetwork dl4j(Mlp shape, Floats weights) {
    NeuralNetConfiguration.ListBuilder layers =
        new NeuralNetConfiguration.Builder().activation(Activation.TANH).list();
    for (int l = 0; l < shape.layers() - 1; l++) {
      layers.layer(new DenseLayer.Builder().nIn(shape.in(l)).nOut(shape.out(l)).build());
    }
    int last = shape.layers() - 1;
    MultiLayerConfiguration configuration =
        layers
            .layer(
                new OutputLayer.Builder(LossFunction.MSE)
                    .activation(Activation.IDENTITY)
                    .nIn(shape.in(last))
                    .nOut(shape.out(last))
                    .build())
            .build();
    MultiLayerNetwork net = new MultiLayerNetwork(configuration);
    net.init();
    for (int l = 0; l < shape.layers(); l++) {
      net.setParam(l + "_W", view(weights, shape.weights(l), shape.in(l), shape.out(l)));
      net.setParam(l + "_b", view(weights, shape.biases(l), 1, shape.out(l)));
    }
    return net;
  }

  private static INDArray view(Floats weights, int at, int rows, int columns) {
    float[] values = new float[rows * columns];
    weights.values().get(at, values);
    return Nd4j.create(values, new long[] {rows, columns}, 'c');
  }

  private static INDArray uniform(int rows, int columns, SplitMix64 random) {
    float[] values = new float[rows * columns];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextDouble(-1, 1);
    }
    return Nd4j.create(values, new long[] {rows, columns}, 'c');
  }

  @Test
  void adam_agreesWithNd4jsAdam() {
    NativeLibrary.load("ddpg");
    int n = 11;
    SplitMix64 random = new SplitMix64(5);
    AdamUpdater reference = new AdamUpdater(new org.nd4j.linalg.learning.config.Adam(1e-3));
    reference.setStateViewArray(Nd4j.zeros(1, 2 * n), new long[] {1, n}, 'c', true);
    try (AdamOptimiser adam = new AdamOptimiser(1e-3, n);
        Floats weights = new Floats(n);
        Floats gradient = new Floats(n)) {
      INDArray expected = Nd4j.zeros(1, n);
      for (int step = 0; step < 20; step++) {
        gradient.fillUniform(0, n, 1, random);
        INDArray update = view(gradient, 0, 1, n);
        reference.applyUpdater(update, step, 0);
        expected.subi(update);

        adam.step(weights, gradient, 1);
      }

      assertThat(weights.toArray()).containsExactly(expected.data().asFloat(), within(1e-5f));
    }
  }

  @Test
  void adam_reordered_isNd4jsAdam() {
    NativeLibrary.load("ddpg");
    int n = 11;
    SplitMix64 random = new SplitMix64(5);
    AdamUpdater reference = new AdamUpdater(new org.nd4j.linalg.learning.config.Adam(1e-3));
    reference.setStateViewArray(Nd4j.zeros(1, 2 * n), new long[] {1, n}, 'c', true);
    try (AdamOptimiser adam = new AdamOptimiser(1e-3, n, AdamOptimiser.Form.REORDERED);
        Floats weights = new Floats(n);
        Floats gradient = new Floats(n)) {
      INDArray expected = Nd4j.zeros(1, n);
      for (int step = 0; step < 20; step++) {
        gradient.fillUniform(0, n, 1, random);
        INDArray update = view(gradient, 0, 1, n);
        reference.applyUpdater(update, step, 0);
        expected.subi(update);

        adam.step(weights, gradient, 1);
      }

      assertThat(weights.toArray()).containsExactly(expected.data().asFloat(), within(2e-9f));
    }
  }

  @Test
  void xavier_drawsTheFirstWeightsOfDl4j() {
    NativeLibrary.load("ddpg");
    Mlp shape = new Mlp(List.of(5, 6, 4, 2), io.offloadlab.learning.network.Activation.TANH);
    NeuralNetConfiguration.ListBuilder layers =
        new NeuralNetConfiguration.Builder().seed(9).weightInit(WeightInit.XAVIER).list();
    for (int l = 0; l < shape.layers() - 1; l++) {
      layers.layer(new DenseLayer.Builder().nIn(shape.in(l)).nOut(shape.out(l)).build());
    }
    layers.layer(new OutputLayer.Builder(LossFunction.MSE).nIn(4).nOut(2).build());
    MultiLayerNetwork dl4j = new MultiLayerNetwork(layers.build());
    dl4j.init();

    try (Floats weights = shape.xavier(9)) {
      for (int l = 0; l < shape.layers(); l++) {
        float[] drawn = new float[shape.in(l) * shape.out(l)];
        weights.values().get(shape.weights(l), drawn);
        assertThat(drawn).containsExactly(dl4j.getParam(l + "_W").dup('c').data().asFloat());
      }
    }
  }
}
