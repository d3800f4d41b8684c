package io.offloadlab.train.autograd;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.offloadlab.graph.ModelGraph;
import io.offloadlab.weights.StoredTensor;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A graph whose weights can be trained. Used by one thread at a time.
 *
 * <p>Within {@link GradientRecording#recorded} its outputs can be differentiated with respect to
 * {@link #trainable}; outside, the same call is plain inference.
 */
public final class TrainableGraph implements AutoCloseable {
  /** How batch norms behave, and in which precision. */
  public enum Mode {
    /** By the batch's statistics, which are also averaged into the running ones. */
    TRAINING,
    /** By the running statistics, in the precision of the training. */
    FROZEN,
    /** By the running statistics, in float32, as the weights are used later. */
    EVALUATION
  }

  private record Wanted(Mode mode, Set<String> keep) {}

  private final ModelGraph graph;
  private final List<Branch> branches;
  private final NDManager manager;
  private final Map<String, NDArray> tensors = new LinkedHashMap<>();
  private final Map<Wanted, TrainingProgram> programs = new HashMap<>();
  private final Precision precision;

  /**
   * A graph without branches.
   *
   * @see #TrainableGraph(ModelGraph, List, Map, Precision, NDManager)
   */
  public TrainableGraph(
      ModelGraph graph, Map<String, StoredTensor> weights, Precision precision, NDManager owner) {
    this(graph, List.of(), weights, precision, owner);
  }

  /**
   * @param graph any graph
   * @param branches of it, computed with it
   * @param weights at least the tensors of all graphs, by name
   * @param precision of training
   * @param owner closes this graph at the latest
   * @throws IllegalArgumentException if a tensor is missing or of another shape
   */
  public TrainableGraph(
      ModelGraph graph,
      List<Branch> branches,
      Map<String, StoredTensor> weights,
      Precision precision,
      NDManager owner) {
    this.graph = graph;
    this.branches = List.copyOf(branches);
    this.precision = precision;
    this.manager = owner.newSubManager();
    load(graph, weights);
    branches.forEach(b -> load(b.graph(), weights));
    trainable().values().forEach(t -> t.setRequiresGradient(true));
  }

  private void load(ModelGraph part, Map<String, StoredTensor> weights) {
    part.tensors().forEach((name, shape) -> tensors.put(name, load(name, shape, weights)));
  }

  private NDArray load(String name, List<Integer> shape, Map<String, StoredTensor> weights) {
    StoredTensor t = weights.get(name);
    if (t == null || !t.shape().equals(shape)) {
      throw new IllegalArgumentException(
          "'%s' of '%s' wants %s, got %s".formatted(name, graph.name(), shape, t));
    }
    return manager.create(t.floats(), new Shape(shape.stream().mapToLong(i -> i).toArray()));
  }

  /** As {@link #run(NDArray, Mode, Set)}, for the graph's output alone. */
  public NDArray run(NDArray input, Mode mode) {
    return run(input, mode, Set.of(graph.output())).get(graph.output());
  }

  /**
   * Computes the graph as far as is needed.
   *
   * @param input float32 {@code (n, ...)}; not closed
   * @param keep vertices whose outputs are wanted, of the graph or a branch
   * @return the outputs by vertex, float32, under the input's manager; all else is released, apart
   *     from what a recording keeps for itself
   */
  public Map<String, NDArray> run(NDArray input, Mode mode, Set<String> keep) {
    return programs.computeIfAbsent(new Wanted(mode, Set.copyOf(keep)), this::compile).run(input);
  }

  private TrainingProgram compile(Wanted wanted) {
    Precision used = wanted.mode == Mode.EVALUATION ? Precision.FLOAT32 : precision;
    TrainingScript script = TrainingScript.of(graph, branches, wanted.mode, used, wanted.keep);
    return new TrainingProgram(script, tensors, manager);
  }

  /** What is computed, apart from branches. */
  public ModelGraph graph() {
    return graph;
  }

  /** All tensors by name, running statistics included; they stay ours. */
  public Map<String, NDArray> tensors() {
    return tensors;
  }

  /** The tensors that an optimiser changes: all but running statistics. */
  public Map<String, NDArray> trainable() {
    Map<String, NDArray> trainable = new LinkedHashMap<>(tensors);
    trainable.keySet().removeIf(name -> name.contains(".running_"));
    return trainable;
  }

  /** Ends all training of the tensors: gradients go through the graph, but none is kept of it. */
  public void freeze() {
    trainable().values().forEach(t -> t.setRequiresGradient(false));
  }

  @Override
  public void close() {
    manager.close();
  }
}
