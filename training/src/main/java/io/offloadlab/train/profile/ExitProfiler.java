package io.offloadlab.train.profile;

import io.offloadlab.course.Entropy;
import io.offloadlab.graph.Component;
import io.offloadlab.graph.WeightRef;
import io.offloadlab.models.ModelDirectory;
import io.offloadlab.nn.Engine;
import io.offloadlab.nn.LoadedComponent;
import io.offloadlab.nn.Tensor;
import io.offloadlab.nn.TensorScope;
import io.offloadlab.train.exits.ExitBranch;
import io.offloadlab.train.exits.MultiExitGraph;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Runs test images through a network's own components, for an exit may lie inside a block. */
final class ExitProfiler implements AutoCloseable {
  private final MultiExitGraph graph;
  private final Measurement result;
  private final List<LoadedComponent> network = new ArrayList<>();
  private final Map<String, LoadedComponent> branches = new HashMap<>();

  /**
   * @param directory holds the weights
   * @param result takes what is measured
   */
  ExitProfiler(Engine engine, Path directory, MultiExitGraph graph, Measurement result) {
    this.graph = graph;
    this.result = result;
    WeightRef backbone = WeightRef.of(ModelDirectory.BACKBONE);
    for (Component c : graph.backbone().components(backbone)) {
      network.add(AccuracyProfiler.load(engine, directory, c));
    }
    for (ExitBranch b : graph.branches()) {
      Component exit = new Component(b.name(), b.graph(), backbone);
      branches.put(b.name(), AccuracyProfiler.load(engine, directory, exit));
    }
    graph.exits().forEach(e -> result.exits.put(e, new Tally()));
  }

  /**
   * Adds the exits' predictions for labelled images.
   *
   * @param scope takes the tensors on the way
   */
  void measure(Tensor input, List<Integer> labels, TensorScope scope) {
    int exits = graph.exits().size();
    double[][] entropy = new double[labels.size()][exits];
    boolean[][] correct = new boolean[labels.size()][exits];
    Tensor x = input;
    int[] next = {0};
    for (LoadedComponent part : network) {
      x = scope.keep(part.run(x));
      String at = part.component().graph().output();
      for (ExitBranch b : graph.branches()) {
        if (b.after().equals(at)) {
          Tensor logits = scope.keep(branches.get(b.name()).run(x));
          note(b.name(), logits, labels, next[0]++, entropy, correct);
        }
      }
    }
    note(MultiExitGraph.LAST_EXIT, x, labels, next[0], entropy, correct);
    result.entropies.addAll(List.of(entropy));
    result.right.addAll(List.of(correct));
  }

  private void note(
      String exit,
      Tensor logits,
      List<Integer> labels,
      int index,
      double[][] entropy,
      boolean[][] correct) {
    double[] hits = Hits.of(logits, labels);
    float[] values = logits.floats();
    int classes = values.length / hits.length;
    for (int n = 0; n < hits.length; n++) {
      result.exits.get(exit).add(hits[n]);
      correct[n][index] = hits[n] == 1;
      entropy[n][index] = Entropy.of(values, n * classes, classes);
    }
  }

  @Override
  public void close() {
    network.forEach(LoadedComponent::close);
    branches.values().forEach(LoadedComponent::close);
  }
}
