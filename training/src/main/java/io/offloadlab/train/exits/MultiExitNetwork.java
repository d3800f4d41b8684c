package io.offloadlab.train.exits;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.offloadlab.train.autograd.Precision;
import io.offloadlab.train.autograd.TrainableGraph;
import io.offloadlab.weights.StoredTensor;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A {@link MultiExitGraph} in trainable form. Used by one thread at a time. */
public final class MultiExitNetwork implements AutoCloseable {
  private final MultiExitGraph graph;
  private final NDManager manager;
  private final TrainableGraph backbone;
  private final List<TrainableGraph> branches = new ArrayList<>();
  private final Set<String> taps = new HashSet<>();

  /**
   * @param weights at least {@link MultiExitGraph#tensors}
   * @param precision of training
   * @param owner closes the network at the latest
   * @throws IllegalArgumentException if a tensor is missing or of another shape
   */
  public MultiExitNetwork(
      MultiExitGraph graph,
      Map<String, StoredTensor> weights,
      Precision precision,
      NDManager owner) {
    this.graph = graph;
    this.manager = owner.newSubManager();
    this.backbone = new TrainableGraph(graph.backbone(), weights, precision, manager);
    taps.add(graph.backbone().output());
    for (ExitBranch b : graph.branches()) {
      branches.add(new TrainableGraph(b.graph(), weights, precision, manager));
      taps.add(b.after());
    }
  }

  /**
   * Logits of every exit, in their order, each {@code (n, classes)}, under the input's manager.
   *
   * @param images {@code (n, channels, height, width)}
   */
  public List<NDArray> logits(NDArray images, TrainableGraph.Mode mode) {
    Map<String, NDArray> activations = backbone.run(images, mode, taps);
    List<NDArray> logits = new ArrayList<>();
    for (int i = 0; i < branches.size(); i++) {
      NDArray tap = activations.get(graph.branches().get(i).after());
      logits.add(branches.get(i).run(tap, mode));
    }
    graph.branches().stream()
        .map(ExitBranch::after)
        .distinct()
        .forEach(after -> activations.get(after).close());
    logits.add(activations.get(graph.backbone().output()));
    return logits;
  }

  /** What is computed. */
  public MultiExitGraph graph() {
    return graph;
  }

  /** All tensors by name; they stay ours. */
  public Map<String, NDArray> tensors() {
    Map<String, NDArray> all = new LinkedHashMap<>(backbone.tensors());
    branches.forEach(b -> all.putAll(b.tensors()));
    return all;
  }

  /** The tensors that an optimiser changes. */
  public Map<String, NDArray> trainable() {
    Map<String, NDArray> all = new LinkedHashMap<>(backbone.trainable());
    branches.forEach(b -> all.putAll(b.trainable()));
    return all;
  }

  @Override
  public void close() {
    manager.close();
  }
}
