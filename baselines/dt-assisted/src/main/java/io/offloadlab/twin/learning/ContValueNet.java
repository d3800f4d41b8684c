package io.offloadlab.twin.learning;

import io.offloadlab.failure.RunFailure;
import io.offloadlab.learning.network.NativeLibrary;
import io.offloadlab.learning.replay.Ring;
import io.offloadlab.twin.decision.Situation;
import io.offloadlab.twin.settings.TwinSettings;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/**
 * The continuation value (Hu et al., section V): what going on past a boundary is worth, learned by
 * regression on {@code C(l) = max{U(l+1), C(l+1)}} from a replay memory. It learns on DL4J and
 * gives its weights away as a {@link ValueNetwork} after every step.
 *
 * <p>A correction counts as far as hindsight has borne it out: what is to be learned is small
 * beside the noise of arrivals, and a network errs first where it has seen least.
 *
 * <p>Values are in units of {@code scale} seconds, so that the network sees numbers near one.
 */
public final class ContValueNet {
  private static final double AVERAGING = 0.98;

  private final TwinSettings settings;
  private final double scale;
  private final long seed;
  private final MultiLayerNetwork network;
  private final Hindsight hindsight = new Hindsight();
  private final Ring<BoundarySample> replay;
  private long samples;
  private long steps;
  private double loss = Double.NaN;
  private float[] average;
  private ValueNetwork values;

  /**
   * @param inputs numbers in a state, see {@link io.offloadlab.twin.decision.Moment#inputs}
   * @param settings of learning
   * @param scale seconds of one unit of its output
   * @param seed of its first weights and of what it draws
   * @throws RunFailure if ND4J has no native library for this machine
   */
  public ContValueNet(int inputs, TwinSettings settings, double scale, long seed) {
    this.settings = settings;
    this.scale = scale;
    this.seed = seed;
    NativeLibrary.load("dt");
    replay = new Ring<>(settings.replay());
    // Matrices here are too small to share among threads.
    Nd4j.getEnvironment().setMaxThreads(1);
    Nd4j.getEnvironment().setMaxMasterThreads(1);
    NeuralNetConfiguration.ListBuilder layers =
        new NeuralNetConfiguration.Builder()
            .seed(seed)
            .updater(new Adam(settings.learningRate()))
            .weightInit(WeightInit.XAVIER)
            .activation(Activation.TANH)
            .list();
    int in = inputs;
    for (int size : settings.hidden()) {
      layers.layer(new DenseLayer.Builder().nIn(in).nOut(size).build());
      in = size;
    }
    layers.layer(
        new OutputLayer.Builder(LossFunction.MSE)
            .activation(Activation.IDENTITY)
            .nIn(in)
            .nOut(1)
            .build());
    network = new MultiLayerNetwork(layers.build());
    network.init();
    // The first guess stands uncorrected until something is learned.
    network.getLayer(settings.hidden().size()).getParam("W").assign(0);
    average = network.params().toFloatVector();
    values = snapshot();
  }

  /**
   * The correction of a guess, in seconds.
   *
   * @param boundary see {@link Situation#boundary}
   * @param state the network's input
   */
  public double correction(int boundary, float[] state) {
    return trust(boundary) * scale * values.value(state);
  }

  ValueNetwork values() {
    return values;
  }

  /** What the network's output is multiplied by, for every boundary that something is known of. */
  Map<Integer, Double> trust() {
    return hindsight.scores().keySet().stream().collect(Collectors.toMap(l -> l, this::trust));
  }

  private double trust(int boundary) {
    return settings.hindsight() ? hindsight.trust(boundary) : 1;
  }

  /** Judges the network by a sample, then keeps the sample for the steps to come. */
  public void learn(BoundarySample sample) {
    samples++;
    hindsight.judge(sample.boundary(), values.value(sample.state()), target(sample) / scale);
    replay.add(sample);
  }

  /** One gradient step, once there is a minibatch. */
  public void step() {
    if (replay.size() < settings.minibatch()) {
      return;
    }
    SplittableRandom random = new SplittableRandom(seed + steps++);
    int inputs = replay.inSlot(0).state().length;
    float[][] x = new float[settings.minibatch()][inputs];
    float[][] y = new float[settings.minibatch()][1];
    for (int i = 0; i < x.length; i++) {
      BoundarySample s = replay.inSlot(random.nextInt(replay.size()));
      x[i] = s.state();
      y[i][0] = (float) (target(s) / scale);
    }
    try (INDArray features = Nd4j.create(x);
        INDArray labels = Nd4j.create(y)) {
      network.fit(features, labels);
    }
    loss = network.score();
    float[] now = network.params().toFloatVector();
    // Polyak averaging: targets are as noisy as arrivals, and single steps follow the noise.
    double keep = Math.min(AVERAGING, steps / (steps + 10.0));
    for (int i = 0; i < now.length; i++) {
      average[i] += (float) ((1 - keep) * (now[i] - average[i]));
    }
    values = snapshot();
  }

  /** What the correction should have been. */
  private double target(BoundarySample s) {
    double goOn =
        s.nextGuess() == Double.NEGATIVE_INFINITY
            ? s.nextGuess()
            : s.nextGuess() + correction(s.nextBoundary(), s.next());
    return s.shift() + Math.max(s.nextStop(), goOn) - s.guess();
  }

  /** Samples that were taken in, forgotten ones included. */
  public long samples() {
    return samples;
  }

  /** Gradient steps so far. */
  public long steps() {
    return steps;
  }

  /** Mean squared error of the last minibatch, in squared units of the scale. */
  public double loss() {
    return loss;
  }

  /** DL4J keeps, layer after layer, the matrix [in, out] column by column, then the bias. */
  private ValueNetwork snapshot() {
    int layers = network.getnLayers();
    float[][][] weights = new float[layers][][];
    float[][] biases = new float[layers][];
    int at = 0;
    for (int l = 0; l < layers; l++) {
      long[] shape = network.getLayer(l).getParam("W").shape();
      int in = (int) shape[0];
      int out = (int) shape[1];
      weights[l] = new float[out][];
      for (int o = 0; o < out; o++) {
        weights[l][o] = Arrays.copyOfRange(average, at, at + in);
        at += in;
      }
      biases[l] = Arrays.copyOfRange(average, at, at + out);
      at += out;
    }
    return new ValueNetwork(weights, biases);
  }

  /** What learning can go on from. */
  public Memory memory() {
    return new Memory(
        steps,
        network.params().toFloatVector(),
        average.clone(),
        network.getUpdater().getStateViewArray().toFloatVector(),
        replay.oldest(),
        hindsight.scores(),
        List.copyOf(replay.slots()));
  }

  /**
   * Goes on from a memory.
   *
   * @throws RunFailure if it is of a network of another shape
   */
  public void restore(Memory memory) {
    if (memory.parameters().length != network.numParams()) {
      throw new RunFailure(
          "a checkpoint of dt holds a network of %d parameters, expected %d: delete it or name another"
              .formatted(memory.parameters().length, network.numParams()));
    }
    steps = memory.steps();
    network.setParams(Nd4j.create(memory.parameters()).reshape(1, memory.parameters().length));
    network
        .getUpdater()
        .setStateViewArray(
            network, Nd4j.create(memory.optimiser()).reshape(1, memory.optimiser().length), false);
    network.setIterationCount((int) steps);
    hindsight.restore(memory.hindsight());
    replay.restore(memory.replay(), memory.oldest());
    average = memory.average().clone();
    values = snapshot();
  }

  /**
   * The state of learning.
   *
   * @param steps gradient steps so far
   * @param parameters of the network, flat
   * @param average of the parameters over the last steps: what decides
   * @param optimiser Adam's moments, flat
   * @param oldest index of the sample that is replaced next
   * @param hindsight what corrections were worth so far, by boundary
   * @param replay samples
   */
  @SuppressWarnings("ArrayRecordComponent") // rows of numbers, many of them
  public record Memory(
      long steps,
      float[] parameters,
      float[] average,
      float[] optimiser,
      int oldest,
      Map<Integer, Hindsight.Score> hindsight,
      List<BoundarySample> replay) {}
}
