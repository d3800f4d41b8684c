package io.offloadlab.models;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What was measured of a trained network on some test images: the figures of a {@code
 * profile.json}, on all images or on one half.
 *
 * @param dataset name of the data set it was measured on
 * @param imagesTest test images behind the accuracy of the exits
 * @param measuredOn weights, arithmetic and machine
 * @param measured date, as in the file; null in older files
 * @param exits accuracy by exit ({@code exit-3}, {@code exit-5}, {@code exit-7}); the one with the
 *     greatest number is the full network's
 * @param environments accuracies that the variants' drops are relative to
 * @param blocks accuracy drops of every LegoDNN variant
 * @param combinations measured accuracies of whole networks of variants
 * @param channelsMultiple what the variants' counts of filters were rounded up to multiples of; 1,
 *     the published rule, in files that do not say
 */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonNaming(SnakeCaseStrategy.class)
public record ModelProfile(
    String dataset,
    int imagesTest,
    String measuredOn,
    String measured,
    Map<String, Exit> exits,
    Environments environments,
    List<Block> blocks,
    Combinations combinations,
    int channelsMultiple) {

  private static final Pattern NUMBER = Pattern.compile("\\d+$");

  /** Takes 0, which is what is read where nothing is written, for 1. */
  public ModelProfile {
    channelsMultiple = Math.max(1, channelsMultiple);
  }

  /** Accuracy of one exit, in 0..1. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Exit(double accuracy) {}

  /**
   * The three networks into which single variants were swapped.
   *
   * @param images test images behind every accuracy and drop
   * @param accuracy accuracy of {@code original}, {@code middle} and {@code sparsest}, in 0..1
   */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Environments(int images, Map<String, Double> accuracy) {}

  /**
   * One LegoDNN block.
   *
   * @param name {@code block-3}
   * @param variants in order of sparsity, the original (sparsity 0) first
   */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Block(String name, List<Variant> variants) {}

  /**
   * One variant of a block.
   *
   * @param sparsity fraction of filters removed, in 0..1
   * @param keptFilters filters of the pruned convolution that are kept
   * @param parameters trainable parameters
   * @param flops floating-point operations per image
   * @param accuracyDrop mean over the environments, in 0..1; may be negative
   * @param accuracyDropByEnvironment by environment name
   */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonNaming(SnakeCaseStrategy.class)
  public record Variant(
      double sparsity,
      int keptFilters,
      long parameters,
      long flops,
      double accuracyDrop,
      Map<String, Double> accuracyDropByEnvironment) {}

  /**
   * Measured accuracies of networks with a sparsity per block.
   *
   * @param images test images behind every accuracy
   * @param measured the combinations
   */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Combinations(
      int images, @JsonProperty("sparsity_per_block") List<Combination> measured) {}

  /**
   * One measured network.
   *
   * @param sparsities per block
   * @param accuracy in 0..1
   */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Combination(List<Double> sparsities, double accuracy) {}

  /** Whether its accuracies are measured ones; those of random weights are of no image. */
  public boolean isMeasured() {
    return imagesTest > 0;
  }

  /**
   * Accuracy of the uncompressed network: that of its last exit.
   *
   * @throws IllegalStateException if the profile names no exits
   */
  public double originalAccuracy() {
    return exits.entrySet().stream()
        .max(Comparator.comparingInt(e -> depth(e.getKey())))
        .orElseThrow(() -> new IllegalStateException("the profile names no exits"))
        .getValue()
        .accuracy();
  }

  /** The number that ends an exit's name, by which exits follow each other; 0 without one. */
  private static int depth(String exit) {
    Matcher number = NUMBER.matcher(exit);
    return number.find() ? Integer.parseInt(number.group()) : 0;
  }
}
