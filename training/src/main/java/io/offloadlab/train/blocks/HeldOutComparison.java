package io.offloadlab.train.blocks;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.offloadlab.legodnn.blocks.LegoChain.Piece;
import io.offloadlab.train.autograd.GradientRecording;
import io.offloadlab.train.autograd.Losses;
import io.offloadlab.train.autograd.TrainableGraph.Mode;
import io.offloadlab.weights.StoredTensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Compares what variants were with what they have become, behind random combinations of the blocks
 * before them, on images that no step has seen.
 */
final class HeldOutComparison {
  private static final int COMBINATIONS = 4;

  private final CombinedNetwork network;
  private final List<Variant> variants;
  private final List<Map<String, Variant>> before = new ArrayList<>();

  /**
   * @param draws of which the first ones are used
   */
  HeldOutComparison(CombinedNetwork network, List<Variant> variants, Combinations draws) {
    this.network = network;
    this.variants = variants;
    for (int i = 0; i < COMBINATIONS; i++) {
      before.add(draws.draw(i));
    }
  }

  /**
   * Goes through the blocks in order and leaves every variant with the weights of smaller error at
   * the end of its block; blocks before it are what was decided for them.
   *
   * @param images under a manager that takes what is computed
   * @param start earlier tensors by name of the variant's component
   * @return both errors by name of the component, in order
   */
  Map<String, StartOrRetrained> keepBetter(
      NDArray images, Map<String, Map<String, StoredTensor>> start) {
    Map<String, StartOrRetrained> errors = new LinkedHashMap<>();
    try (GradientRecording off = GradientRecording.unrecorded()) {
      assert off != null;
      Map<String, NDArray> targets = network.original(images, Mode.EVALUATION);
      List<NDArray> inputs = new ArrayList<>();
      before.forEach(c -> inputs.add(images));
      for (Piece piece : network.pieces()) {
        for (Variant v : variants) {
          if (v.piece().name().equals(piece.name())) {
            String name = v.component().name();
            errors.put(name, keepBetter(v, start.get(name), inputs, targets.get(piece.name())));
          }
        }
        for (int i = 0; i < inputs.size(); i++) {
          Variant v = before.get(i).get(piece.name());
          NDArray x = inputs.get(i);
          inputs.set(
              i, v == null ? network.whole(piece, x, Mode.EVALUATION) : v.run(x, Mode.EVALUATION));
          if (x != images) {
            x.close();
          }
        }
      }
    }
    return errors;
  }

  private static StartOrRetrained keepBetter(
      Variant variant, Map<String, StoredTensor> start, List<NDArray> inputs, NDArray target) {
    Map<String, StoredTensor> retrained = variant.copy();
    double after = error(variant, inputs, target);
    variant.load(start);
    StartOrRetrained errors = new StartOrRetrained(error(variant, inputs, target), after);
    if (!errors.keepsStart()) {
      variant.load(retrained);
    }
    return errors;
  }

  private static double error(Variant variant, List<NDArray> inputs, NDArray target) {
    double sum = 0;
    for (NDArray input : inputs) {
      try (NDManager scope = input.getManager().newSubManager()) {
        NDArray output = variant.run(input, Mode.EVALUATION);
        output.attach(scope);
        sum += Losses.meanSquaredError(output, target).getFloat();
      }
    }
    return sum / inputs.size() / Variant.variance(target);
  }
}
