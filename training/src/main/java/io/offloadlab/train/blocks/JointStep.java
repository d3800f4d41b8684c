package io.offloadlab.train.blocks;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.offloadlab.legodnn.blocks.LegoChain.Piece;
import io.offloadlab.train.autograd.GradientRecording;
import io.offloadlab.train.autograd.Losses;
import io.offloadlab.train.autograd.TrainableGraph;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * A random combination of variants takes a step towards the original network: so they learn to work
 * with each other's errors.
 *
 * <p>The loss is the squared error of the logits, relative to the variance of the original's, and
 * the mean over all block boundaries of the squared error there, relative likewise. Squared errors
 * of logits distil at least as well as divergences of softened probabilities (Kim et al., IJCAI
 * 2021), and have no temperature.
 */
final class JointStep implements RetrainingStep {
  /** The figure of the logits; boundaries follow. */
  private static final int LOGITS = 0;

  private final CombinedNetwork network;
  private final Combinations combinations;
  private final TrainableGraph.Mode mode;

  /** Where errors count, in order; the last one is the logits'. */
  private final List<String> boundaries = new ArrayList<>();

  private final String logits;

  /** Steps of every variant before {@link #counted}. */
  private final Map<Variant, Long> taken = new HashMap<>();

  private long counted;

  JointStep(CombinedNetwork network, Combinations combinations, TrainableGraph.Mode mode) {
    this.network = network;
    this.combinations = combinations;
    this.mode = mode;
    List<Piece> pieces = network.pieces();
    this.logits = pieces.get(pieces.size() - 1).name();
    pieces.stream().filter(Piece::compressible).forEach(p -> boundaries.add(p.name()));
  }

  @Override
  public List<String> figures() {
    List<String> names = new ArrayList<>(List.of("error_logits"));
    boundaries.forEach(b -> names.add("error_" + b));
    return names;
  }

  @Override
  public void step(NDArray images, long number, double rate, double[] sums) throws Diverged {
    Map<String, Variant> chosen = combinations.draw(number);
    NDManager scope = images.getManager();
    Map<String, NDArray> targets;
    try (GradientRecording off = GradientRecording.unrecorded()) {
      assert off != null;
      targets = network.original(images, TrainableGraph.Mode.FROZEN);
    }
    double[] errors = new double[sums.length];
    try (GradientRecording on = GradientRecording.recorded()) {
      assert on != null;
      Map<String, NDArray> outputs = network.run(images, targets, chosen, mode);
      NDArray loss = loss(outputs, targets, errors);
      if (!Double.isFinite(loss.getFloat())) {
        throw new Diverged("the combination " + names(chosen), loss.getFloat());
      }
      GradientRecording.backward(loss, scope);
    }
    for (Variant v : chosen.values()) {
      v.optimizer().step(rate);
    }
    Arrays.setAll(sums, i -> sums[i] + errors[i]);
  }

  /**
   * @param errors takes those of the logits and of the boundaries, each relative to the variance
   */
  private NDArray loss(
      Map<String, NDArray> outputs, Map<String, NDArray> targets, double[] errors) {
    NDArray sum = null;
    for (String place : outputs.keySet()) {
      int boundary = boundaries.indexOf(place);
      boolean last = place.equals(logits);
      if (boundary < 0 && !last) {
        continue;
      }
      NDArray target = targets.get(place);
      double scale = 1 / Variant.variance(target);
      NDArray error = Losses.meanSquaredError(outputs.get(place), target);
      double relative = error.getFloat() * scale;
      double share = 0;
      if (boundary >= 0) {
        errors[LOGITS + 1 + boundary] = relative;
        share += 1.0 / boundaries.size();
      }
      if (last) {
        errors[LOGITS] = relative;
        share += 1;
      }
      NDArray part = Losses.times(error, (float) (share * scale));
      sum = sum == null ? part : sum.add(part);
    }
    return sum;
  }

  private static Set<String> names(Map<String, Variant> chosen) {
    Set<String> names = new TreeSet<>();
    chosen.values().forEach(v -> names.add(v.component().name()));
    return names;
  }

  /**
   * A tenth: Adam's first steps are as long as the rate whatever the gradient, and at full rate
   * they undo good blocks.
   */
  @Override
  public long warmUp(long all) {
    return all / 10;
  }

  @Override
  public long taken(Variant variant, long number) {
    for (; counted < number; counted++) {
      combinations.draw(counted).values().forEach(v -> taken.merge(v, 1L, Long::sum));
    }
    return taken.getOrDefault(variant, 0L);
  }

  @Override
  public String shown(double[] sums, int batches) {
    double boundary = Arrays.stream(sums).skip(LOGITS + 1L).average().orElse(0);
    return String.format(
        Locale.ROOT,
        "relative error %.4f at boundaries, %.4f of logits",
        boundary / batches,
        sums[LOGITS] / batches);
  }
}
