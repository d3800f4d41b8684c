package io.offloadlab.train.exits;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.offloadlab.train.autograd.GradientRecording;
import io.offloadlab.train.autograd.MovingAverage;
import io.offloadlab.train.autograd.Optimizer;
import io.offloadlab.train.autograd.Precision;
import io.offloadlab.train.checkpoint.Identity;
import io.offloadlab.train.checkpoint.Position;
import io.offloadlab.train.checkpoint.TrainingCheckpoint;
import io.offloadlab.train.recipe.Recipe;
import io.offloadlab.weights.StoredTensor;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a training changes: the weights, what the optimiser remembers, the weights' average. */
final class ExitTrainingState {
  private final NDManager manager;
  private final MultiExitNetwork network;
  private final Optimizer optimizer;

  /** The network with averaged weights, which is what is judged and shipped; or null. */
  private final MultiExitNetwork averaged;

  private final MovingAverage average;

  /**
   * @param from where to go on, or null for fresh weights
   * @param manager owns all tensors
   */
  ExitTrainingState(
      MultiExitGraph graph,
      Recipe recipe,
      Precision precision,
      TrainingCheckpoint from,
      NDManager manager) {
    this.manager = manager;
    Map<String, StoredTensor> weights =
        from == null ? graph.initialised(recipe.seed()) : from.tensors();
    this.network = new MultiExitNetwork(graph, weights, precision, manager);
    this.optimizer = recipe.optimizer().create(manager, network.trainable());
    boolean averages = recipe.average() > 0;
    this.averaged = averages ? new MultiExitNetwork(graph, weights, precision, manager) : null;
    this.average = averages ? new MovingAverage(averaged.tensors(), recipe.average()) : null;
    if (from != null) {
      try (GradientRecording off = GradientRecording.unrecorded()) {
        assert off != null;
        from.restore(memory());
      }
      optimizer.resume(from.position().steps());
    }
  }

  /** The network in training. */
  MultiExitNetwork network() {
    return network;
  }

  /** The network that is judged and shipped. */
  MultiExitNetwork judged() {
    return averaged == null ? network : averaged;
  }

  /** Steps taken so far. */
  long steps() {
    return optimizer.steps();
  }

  void step(double rate) {
    optimizer.step(rate);
    if (average != null) {
      average.add(network.tensors(), optimizer.steps(), manager);
    }
  }

  private Map<String, NDArray> memory() {
    Map<String, NDArray> memory = new LinkedHashMap<>(optimizer.state());
    if (averaged != null) {
      averaged.tensors().forEach((name, t) -> memory.put("average/" + name, t));
    }
    return memory;
  }

  /** Writes a checkpoint to go on from. */
  void save(Path file, Identity identity, Position position) {
    TrainingCheckpoint.write(file, identity, position, network.tensors(), memory(), List.of());
  }

  /** Writes the weights that are shipped. */
  void saveJudged(Path file, Identity identity, Position position) {
    TrainingCheckpoint.write(file, identity, position, judged().tensors(), Map.of(), List.of());
  }
}
