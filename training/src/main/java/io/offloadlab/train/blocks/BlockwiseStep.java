package io.offloadlab.train.blocks;

import ai.djl.ndarray.NDArray;
import io.offloadlab.legodnn.blocks.LegoChain.Piece;
import io.offloadlab.train.autograd.TrainableGraph;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Every variant takes a step towards its own block's output; all share one forward pass. */
final class BlockwiseStep implements RetrainingStep {
  private final Original original;
  private final List<Variant> variants;

  BlockwiseStep(Original original, List<Variant> variants) {
    this.original = original;
    this.variants = variants;
  }

  @Override
  public List<String> figures() {
    return variants.stream().map(v -> "error_" + v.component().name()).toList();
  }

  @Override
  public void step(NDArray images, long number, double rate, double[] sums) throws Diverged {
    Map<String, NDArray> activations = original.run(images, TrainableGraph.Mode.FROZEN);
    Map<Piece, Double> variances = new HashMap<>();
    for (int i = 0; i < sums.length; i++) {
      Variant v = variants.get(i);
      NDArray target = activations.get(v.piece().graph().output());
      double loss = v.step(original.input(v.piece(), activations), target, rate);
      if (!Double.isFinite(loss)) {
        throw new Diverged(v.component().name(), loss);
      }
      sums[i] += loss / variances.computeIfAbsent(v.piece(), p -> Variant.variance(target));
    }
  }

  @Override
  public long warmUp(long all) {
    return 0;
  }

  @Override
  public long taken(Variant variant, long number) {
    return number;
  }

  @Override
  public String shown(double[] sums, int batches) {
    return String.format(
        Locale.ROOT, "relative error %.4f", Arrays.stream(sums).sum() / sums.length / batches);
  }
}
