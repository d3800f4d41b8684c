package io.offloadlab.train.exits;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.offloadlab.train.autograd.Branch;
import io.offloadlab.train.autograd.Precision;
import io.offloadlab.train.autograd.TrainableGraph;
import io.offloadlab.weights.StoredTensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A {@link MultiExitGraph} in trainable form. Used by one thread at a time. */
public final class MultiExitNetwork implements AutoCloseable {
  private final MultiExitGraph graph;
  private final TrainableGraph trainable;

  /** The vertices that give logits, in the order of the exits. */
  private final List<String> outputs = new ArrayList<>();

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
    List<Branch> branches = new ArrayList<>();
    for (ExitBranch b : graph.branches()) {
      branches.add(new Branch(b.after(), b.graph()));
      outputs.add(b.graph().output());
    }
    outputs.add(graph.backbone().output());
    this.trainable = new TrainableGraph(graph.backbone(), branches, weights, precision, owner);
  }

  /**
   * Logits of every exit, in their order, each {@code (n, classes)}, under the input's manager.
   *
   * @param images {@code (n, channels, height, width)}
   */
  public List<NDArray> logits(NDArray images, TrainableGraph.Mode mode) {
    Map<String, NDArray> logits = trainable.run(images, mode, Set.copyOf(outputs));
    return outputs.stream().map(logits::get).toList();
  }

  /** What is computed. */
  public MultiExitGraph graph() {
    return graph;
  }

  /** All tensors by name; they stay ours. */
  public Map<String, NDArray> tensors() {
    return trainable.tensors();
  }

  /** The tensors that an optimiser changes. */
  public Map<String, NDArray> trainable() {
    return trainable.trainable();
  }

  @Override
  public void close() {
    trainable.close();
  }
}
