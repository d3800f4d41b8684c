package io.offloadlab.twin.learning;

import io.offloadlab.failure.RunFailure;
import io.offloadlab.learning.network.Activation;
import io.offloadlab.learning.network.Floats;
import io.offloadlab.learning.network.Mlp;
import io.offloadlab.learning.network.NativeLibrary;
import io.offloadlab.learning.network.Pass;
import io.offloadlab.learning.optimiser.AdamOptimiser;
import io.offloadlab.learning.replay.Ring;
import io.offloadlab.twin.decision.Situation;
import io.offloadlab.twin.settings.TwinSettings;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Collectors;

/**
 * The continuation value (Hu et al., section V): what going on past a boundary is worth, learned by
 * regression on {@code C(l) = max{U(l+1), C(l+1)}} from a replay memory. It learns in native memory
 * and gives its weights away as a {@link ValueNetwork} after every step.
 *
 * <p>A correction counts as far as hindsight has borne it out: what is to be learned is small
 * beside the noise of arrivals, and a network errs first where it has seen least.
 *
 * <p>Values are in units of {@code scale} seconds, so that the network sees numbers near one.
 */
public final class ContValueNet implements AutoCloseable {
  private static final double AVERAGING = 0.98;

  private final TwinSettings settings;
  private final double scale;
  private final long seed;
  private final Mlp shape;
  private final Floats parameters;
  private final Floats gradient;
  private final Pass pass;
  private final AdamOptimiser optimiser;
  private final Hindsight hindsight = new Hindsight();
  private final Ring<BoundarySample> replay;
  private long samples;
  private long steps;
  private double loss = Double.NaN;
  private float[] average;
  private ValueNetwork values;
  private Memory closed;

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
    List<Integer> sizes = new ArrayList<>();
    sizes.add(inputs);
    sizes.addAll(settings.hidden());
    sizes.add(1);
    shape = new Mlp(sizes, Activation.TANH);
    parameters = shape.xavier(seed);
    gradient = new Floats(shape.parameters());
    pass = new Pass(shape, settings.minibatch());
    optimiser =
        new AdamOptimiser(
            settings.learningRate(), shape.parameters(), AdamOptimiser.Form.REORDERED);
    // The first guess stands uncorrected until something is learned.
    int last = shape.layers() - 1;
    for (int i = shape.weights(last); i < shape.biases(last); i++) {
      parameters.values().put(i, 0);
    }
    average = parameters.toArray();
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
    if (closed != null || replay.size() < settings.minibatch()) {
      return;
    }
    SplittableRandom random = new SplittableRandom(seed + steps++);
    int rows = settings.minibatch();
    float[] targets = new float[rows];
    for (int r = 0; r < rows; r++) {
      BoundarySample s = replay.inSlot(random.nextInt(replay.size()));
      pass.input().put(r * shape.inputs(), s.state());
      targets[r] = (float) (target(s) / scale);
    }
    loss = fit(targets);
    float[] now = parameters.toArray();
    // Polyak averaging: targets are as noisy as arrivals, and single steps follow the noise.
    double keep = Math.min(AVERAGING, steps / (steps + 10.0));
    for (int i = 0; i < now.length; i++) {
      average[i] += (float) ((1 - keep) * (now[i] - average[i]));
    }
    values = snapshot();
  }

  /** One step down the gradient of the mean squared error, which is returned. */
  private double fit(float[] targets) {
    int rows = targets.length;
    pass.forward(parameters, rows);
    double error = 0;
    for (int r = 0; r < rows; r++) {
      float off = pass.output().get(r) - targets[r];
      error += off * off / rows;
      pass.outputGradient().put(r, 2 * off / rows);
    }
    pass.backward(parameters, rows, gradient);
    optimiser.step(parameters, gradient, 1);
    return error;
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

  private ValueNetwork snapshot() {
    float[][][] weights = new float[shape.layers()][][];
    float[][] biases = new float[shape.layers()][];
    for (int l = 0; l < shape.layers(); l++) {
      int in = shape.in(l);
      int out = shape.out(l);
      weights[l] = new float[out][in];
      for (int o = 0; o < out; o++) {
        for (int i = 0; i < in; i++) {
          weights[l][o][i] = average[shape.weights(l) + i * out + o];
        }
      }
      biases[l] = Arrays.copyOfRange(average, shape.biases(l), shape.biases(l) + out);
    }
    return new ValueNetwork(weights, biases);
  }

  /** What learning can go on from; after {@link #close} what it was then. */
  public Memory memory() {
    return closed == null ? open() : closed;
  }

  private Memory open() {
    return new Memory(
        steps,
        byColumn(parameters.toArray()),
        byColumn(average),
        concat(byColumn(optimiser.first().toArray()), byColumn(optimiser.second().toArray())),
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
    int size = shape.parameters();
    if (memory.parameters().length != size) {
      throw new RunFailure(
          String.format(
              Locale.ROOT,
              "a checkpoint of dt holds a network of %d parameters, expected %d: delete it or name another",
              memory.parameters().length,
              size));
    }
    steps = memory.steps();
    parameters.values().put(0, byRow(memory.parameters()));
    optimiser.first().values().put(0, byRow(Arrays.copyOf(memory.optimiser(), size)));
    optimiser
        .second()
        .values()
        .put(0, byRow(Arrays.copyOfRange(memory.optimiser(), size, 2 * size)));
    optimiser.restoreSteps(steps);
    hindsight.restore(memory.hindsight());
    replay.restore(memory.replay(), memory.oldest());
    average = byRow(memory.average());
    values = snapshot();
  }

  private static float[] concat(float[] a, float[] b) {
    float[] both = Arrays.copyOf(a, a.length + b.length);
    System.arraycopy(b, 0, both, a.length, b.length);
    return both;
  }

  /** Matrices column by column, as files have them. */
  private float[] byColumn(float[] rows) {
    float[] columns = rows.clone();
    eachWeight((row, column) -> columns[column] = rows[row]);
    return columns;
  }

  private float[] byRow(float[] columns) {
    float[] rows = columns.clone();
    eachWeight((row, column) -> rows[row] = columns[column]);
    return rows;
  }

  /** Where a weight is in either order. */
  private interface Places {
    void at(int row, int column);
  }

  private void eachWeight(Places places) {
    for (int l = 0; l < shape.layers(); l++) {
      for (int i = 0; i < shape.in(l); i++) {
        for (int o = 0; o < shape.out(l); o++) {
          int first = shape.weights(l);
          places.at(first + i * shape.out(l) + o, first + o * shape.in(l) + i);
        }
      }
    }
  }

  /** Frees what is in native memory; what was learned can still be asked for, not added to. */
  @Override
  public void close() {
    if (closed == null) {
      closed = open();
      parameters.close();
      gradient.close();
      pass.close();
      optimiser.close();
    }
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
