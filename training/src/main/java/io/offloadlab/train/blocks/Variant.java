package io.offloadlab.train.blocks;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.offloadlab.graph.Component;
import io.offloadlab.graph.Layer;
import io.offloadlab.graph.ModelGraph;
import io.offloadlab.graph.WeightRef;
import io.offloadlab.legodnn.blocks.LegoChain.Piece;
import io.offloadlab.legodnn.blocks.Pruning;
import io.offloadlab.legodnn.blocks.PruningGroup;
import io.offloadlab.legodnn.blocks.PruningRule;
import io.offloadlab.legodnn.blocks.Variants;
import io.offloadlab.models.ModelDirectory;
import io.offloadlab.train.autograd.Adam;
import io.offloadlab.train.autograd.GradientRecording;
import io.offloadlab.train.autograd.Losses;
import io.offloadlab.train.autograd.Optimizer;
import io.offloadlab.train.autograd.Precision;
import io.offloadlab.train.autograd.TrainableGraph;
import io.offloadlab.train.checkpoint.TrainingCheckpoint;
import io.offloadlab.weights.StoredTensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** One pruned block in training. */
final class Variant implements AutoCloseable {
  private final Piece piece;
  private final double sparsity;
  private final Component component;
  private final NDManager manager;
  private final TrainableGraph graph;
  private final Optimizer optimizer;

  /**
   * @param weights of the pruned block, by the graph's names
   */
  Variant(
      Piece piece,
      double sparsity,
      PruningRule rule,
      Map<String, StoredTensor> weights,
      Precision precision,
      NDManager owner) {
    this.piece = piece;
    this.sparsity = sparsity;
    this.component = component(piece, sparsity, rule);
    this.manager = owner.newSubManager();
    this.graph = new TrainableGraph(component.graph(), weights, precision, manager);
    this.optimizer = Adam.Settings.defaults().create(manager, graph.trainable());
  }

  static Component component(Piece piece, double sparsity, PruningRule rule) {
    return Variants.of(piece, sparsity, rule, WeightRef.of(ModelDirectory.BACKBONE));
  }

  Piece piece() {
    return piece;
  }

  double sparsity() {
    return sparsity;
  }

  Component component() {
    return component;
  }

  Optimizer optimizer() {
    return optimizer;
  }

  /** The trained tensors under the names they rest under. */
  Map<String, NDArray> tensors() {
    Map<String, NDArray> named = new LinkedHashMap<>();
    graph.tensors().forEach((n, t) -> named.put(component.weights().nameInFile(n), t));
    return named;
  }

  /** The tensors that steps change, by the graph's names. */
  Map<String, NDArray> trainable() {
    return graph.trainable();
  }

  /** One step towards the original's output; the mean squared error before it. */
  double step(NDArray input, NDArray target, double rate) {
    double loss;
    try (GradientRecording on = GradientRecording.recorded();
        NDManager scope = manager.newSubManager()) {
      assert on != null;
      NDArray x = view(input, scope);
      NDArray error = Losses.meanSquaredError(graph.run(x, TrainableGraph.Mode.TRAINING), target);
      loss = error.getFloat();
      if (Double.isFinite(loss)) {
        GradientRecording.backward(error, scope);
      }
    }
    if (Double.isFinite(loss)) {
      optimizer.step(rate);
    }
    return loss;
  }

  /**
   * What it gives.
   *
   * @param input under a manager that takes the result
   */
  NDArray run(NDArray input, TrainableGraph.Mode mode) {
    return graph.run(input, mode);
  }

  /** Replaces all tensors by others of the same shapes, by the graph's names. */
  void load(Map<String, StoredTensor> weights) {
    try (GradientRecording off = GradientRecording.unrecorded()) {
      assert off != null;
      graph.tensors().forEach((n, t) -> t.set(weights.get(n).floats()));
    }
  }

  /** The tensors as they are now, by the graph's names. */
  Map<String, StoredTensor> copy() {
    Map<String, StoredTensor> copy = new LinkedHashMap<>();
    graph.tensors().forEach((n, t) -> copy.put(n, TrainingCheckpoint.tensor(n, t)));
    return copy;
  }

  /**
   * Mean squared error relative to the variance of the original's output, by running statistics.
   */
  double relativeError(NDArray input, NDArray target) {
    try (GradientRecording off = GradientRecording.unrecorded();
        NDManager scope = manager.newSubManager()) {
      assert off != null;
      NDArray x = view(input, scope);
      NDArray output = graph.run(x, TrainableGraph.Mode.EVALUATION);
      return Losses.meanSquaredError(output, target).getFloat() / variance(target);
    }
  }

  /** The same values, with a manager for what is computed from them. */
  private static NDArray view(NDArray input, NDManager scope) {
    NDArray view = input.reshape(input.getShape());
    view.attach(scope);
    return view;
  }

  /** Unbiased variance over all elements. */
  static double variance(NDArray array) {
    try (NDArray mean = array.mean();
        NDArray centred = array.sub(mean);
        NDArray squared = centred.square();
        NDArray sum = squared.sum()) {
      return sum.getFloat() / (array.size() - 1.0);
    }
  }

  /** The convolutions that read pruned channels: what the least-squares start solves for. */
  List<String> consumers() {
    return Pruning.groups(piece.graph()).stream()
        .map(PruningGroup::consumers)
        .flatMap(c -> c.keySet().stream())
        .distinct()
        .filter(v -> component.graph().vertex(v).layer() instanceof Layer.Conv2d)
        .toList();
  }

  /** What a consumer reads in this variant; owned by the caller's scope. */
  NDArray before(String consumer, NDArray input) {
    String read = component.graph().vertex(consumer).inputs().get(0);
    return read.equals(ModelGraph.INPUT)
        ? input
        : graph.run(input, TrainableGraph.Mode.EVALUATION, Set.of(read)).get(read);
  }

  Layer.Conv2d convolution(String vertex) {
    return (Layer.Conv2d) component.graph().vertex(vertex).layer();
  }

  /** Bias of a convolution of this variant; zeros if it has none. */
  float[] bias(String vertex) {
    NDArray bias = graph.tensors().get(vertex + ".bias");
    return bias == null ? new float[convolution(vertex).out()] : bias.toFloatArray();
  }

  void setKernel(String vertex, float[] kernel) {
    try (GradientRecording off = GradientRecording.unrecorded()) {
      assert off != null;
      graph.tensors().get(vertex + ".weight").set(kernel);
    }
  }

  @Override
  public void close() {
    manager.close();
  }
}
