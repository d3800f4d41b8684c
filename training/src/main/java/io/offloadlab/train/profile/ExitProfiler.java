package io.offloadlab.train.profile;

import io.offloadlab.course.Entropy;
import io.offloadlab.graph.Component;
import io.offloadlab.graph.WeightRef;
import io.offloadlab.models.ExitFigures.Verdict;
import io.offloadlab.models.ModelDirectory;
import io.offloadlab.nn.Engine;
import io.offloadlab.nn.Program;
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
  private final Measurements results;
  private final List<Program> network = new ArrayList<>();
  private final Map<String, Program> branches = new HashMap<>();

  /**
   * @param directory holds the weights
   * @param results take what is measured
   */
  ExitProfiler(Engine engine, Path directory, MultiExitGraph graph, Measurements results) {
    this.graph = graph;
    this.results = results;
    WeightRef backbone = WeightRef.of(ModelDirectory.BACKBONE);
    for (Component c : graph.backbone().components(backbone)) {
      network.add(AccuracyProfiler.load(engine, directory, c));
    }
    for (ExitBranch b : graph.branches()) {
      Component exit = new Component(b.name(), b.graph(), backbone);
      branches.put(b.name(), AccuracyProfiler.load(engine, directory, exit));
    }
    results.prepare(m -> graph.exits().forEach(e -> m.exits.put(e, new Tally())));
  }

  /**
   * Adds the exits' predictions for labelled images.
   *
   * @param records numbers of the images
   * @param scope takes the tensors on the way
   */
  void measure(Tensor input, List<Integer> records, List<Integer> labels, TensorScope scope) {
    Logits said = new Logits(labels);
    Tensor x = input;
    for (Program part : network) {
      x = scope.keep(part.run(x));
      String at = part.components().get(0).graph().output();
      for (ExitBranch b : graph.branches()) {
        if (b.after().equals(at)) {
          said.add(scope.keep(branches.get(b.name()).run(x)));
        }
      }
    }
    said.add(x);
    for (int n = 0; n < records.size(); n++) {
      Verdict verdict = said.of(n, records.get(n));
      results.count(verdict.record(), m -> count(m, verdict));
    }
  }

  private void count(Measurement m, Verdict verdict) {
    m.verdicts.add(verdict);
    for (int e = 0; e < verdict.correct().size(); e++) {
      m.exits.get(graph.exits().get(e)).add(verdict.correct().get(e) ? 1 : 0);
    }
  }

  /** What every exit says of the images of a batch. */
  private static final class Logits {
    private final List<Integer> labels;
    private final List<float[]> values = new ArrayList<>();
    private final List<double[]> hits = new ArrayList<>();

    Logits(List<Integer> labels) {
      this.labels = labels;
    }

    /** The next exit's. */
    void add(Tensor logits) {
      values.add(logits.floats());
      hits.add(Hits.of(logits, labels));
    }

    Verdict of(int image, int record) {
      List<Double> confidence = new ArrayList<>();
      List<Double> entropy = new ArrayList<>();
      List<Boolean> correct = new ArrayList<>();
      for (int e = 0; e < values.size(); e++) {
        int classes = values.get(e).length / labels.size();
        confidence.add(confidence(values.get(e), image * classes, classes));
        entropy.add(Entropy.of(values.get(e), image * classes, classes));
        correct.add(hits.get(e)[image] == 1);
      }
      return new Verdict(record, confidence, entropy, correct);
    }
  }

  /** Largest of the softmax of some logits: 1 over the sum of all, relative to it. */
  private static double confidence(float[] logits, int from, int count) {
    double largest = Double.NEGATIVE_INFINITY;
    for (int j = from; j < from + count; j++) {
      largest = Math.max(largest, logits[j]);
    }
    double sum = 0;
    for (int j = from; j < from + count; j++) {
      sum += Math.exp(logits[j] - largest);
    }
    return 1 / sum;
  }

  @Override
  public void close() {
    network.forEach(Program::close);
    branches.values().forEach(Program::close);
  }
}
