package io.offloadlab.train.blocks;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.offloadlab.graph.Component;
import io.offloadlab.legodnn.blocks.LegoChain.Piece;
import io.offloadlab.legodnn.blocks.PruningRule;
import io.offloadlab.legodnn.blocks.Variants;
import io.offloadlab.train.checkpoint.TrainingCheckpoint;
import io.offloadlab.weights.StoredTensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** All variants of a job. */
final class VariantSet {
  private final List<Variant> variants = new ArrayList<>();

  /**
   * Extracts the variants, or takes them from a checkpoint.
   *
   * @param from a checkpoint of the same job, or null
   */
  VariantSet(
      BlockTrainer.Job job, List<Double> sparsities, TrainingCheckpoint from, NDManager owner) {
    for (Piece piece : job.blocks()) {
      for (double sparsity : Variants.distinct(piece, sparsities, job.rule())) {
        Map<String, StoredTensor> weights =
            from == null
                ? Extraction.prune(piece.graph(), job.weights(), sparsity, job.rule())
                : saved(piece, sparsity, job.rule(), from);
        variants.add(new Variant(piece, sparsity, job.rule(), weights, job.precision(), owner));
      }
    }
  }

  private static Map<String, StoredTensor> saved(
      Piece piece, double sparsity, PruningRule rule, TrainingCheckpoint from) {
    Map<String, StoredTensor> weights = new LinkedHashMap<>();
    Component c = Variant.component(piece, sparsity, rule);
    c.graph()
        .tensors()
        .keySet()
        .forEach(n -> weights.put(n, from.tensors().get(c.weights().nameInFile(n))));
    return weights;
  }

  List<Variant> all() {
    return variants;
  }

  List<Variant> of(Piece piece) {
    return variants.stream().filter(v -> v.piece().equals(piece)).toList();
  }

  /** Puts the optimisers back to where a checkpoint was written. */
  void restore(TrainingCheckpoint from, RetrainingStep step) {
    from.restore(memory());
    variants.forEach(v -> v.optimizer().resume(step.taken(v, from.position().steps())));
  }

  /** Errors by component name. */
  Map<String, Double> relativeErrors(Original original, Map<String, NDArray> activations) {
    Map<String, Double> errors = new TreeMap<>();
    for (Variant v : variants) {
      NDArray input = original.input(v.piece(), activations);
      NDArray target = activations.get(v.piece().graph().output());
      errors.put(v.component().name(), v.relativeError(input, target));
    }
    return errors;
  }

  /** The tensors under the names they rest under. */
  Map<String, NDArray> tensors() {
    Map<String, NDArray> all = new LinkedHashMap<>();
    variants.forEach(v -> all.putAll(v.tensors()));
    return all;
  }

  /** What the optimisers remember. */
  Map<String, NDArray> memory() {
    Map<String, NDArray> all = new LinkedHashMap<>();
    variants.forEach(
        v -> v.optimizer().state().forEach((n, t) -> all.put(v.component().name() + "/" + n, t)));
    return all;
  }
}
