package io.offloadlab.legodnn;

import static io.offloadlab.strategy.option.Range.NOT_NEGATIVE;
import static io.offloadlab.strategy.option.Range.POSITIVE_SHARE;

import io.offloadlab.legodnn.plan.Objective;
import io.offloadlab.strategy.option.Option;
import io.offloadlab.strategy.option.OptionSet;
import io.offloadlab.strategy.option.Range;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * The strategy's settings.
 *
 * @param objective what a plan makes as small as it can
 * @param ratio most convolutions of a block as a fraction of the network's
 * @param additive whether drops in accuracy are taken to add up, instead of to multiply
 * @param margin accuracy that a plan keeps in hand, in 0..1; empty for what cross-validation says
 * @param replanThreshold relative change of a speed or bandwidth that makes a plan stale
 */
record LegoDnnOptions(
    Objective objective,
    double ratio,
    boolean additive,
    OptionalDouble margin,
    double replanThreshold) {
  private static final String AUTO = "auto";
  private static final String WEIGHTED = "weighted";
  private static final String ADDITIVE = "additive";

  private static final String PUBLISHED = "published";

  private static final Option<String> PRESET =
      Option.word(
          "preset",
          List.of("default", PUBLISHED),
          "where settings that are not given come from; published: objective weighted, predictor additive, margin 0");
  private static final Option<String> OBJECTIVE =
      Option.word(
          "objective",
          List.of("latency", "size", WEIGHTED),
          "what a plan makes as small as it can");
  private static final Option<Double> ALPHA =
      Option.number("alpha", 1, NOT_NEGATIVE, "weighted: weight of the latency");
  private static final Option<Double> BETA =
      Option.number("beta", 1, NOT_NEGATIVE, "weighted: weight of the size");
  private static final Option<Double> GAMMA =
      Option.number("gamma", 1, NOT_NEGATIVE, "weighted: weight of the drop in accuracy");
  private static final Option<Double> RATIO =
      Option.number(
          "ratio", 0.2, POSITIVE_SHARE, "most convolutions of a block, as a share of all");
  private static final Option<String> PREDICTOR =
      Option.word(
          "predictor",
          List.of("multiplicative", ADDITIVE),
          "how the accuracy of a combination of variants is predicted");
  private static final Option<OptionalDouble> MARGIN =
      Option.of(
          "margin",
          AUTO,
          "'auto' or a number in 0..1",
          "accuracy that a plan keeps in hand; auto: from cross-validation",
          LegoDnnOptions::margin);
  private static final Option<Double> REPLAN_THRESHOLD =
      Option.number(
          "replan-threshold",
          0.2,
          NOT_NEGATIVE,
          "relative change of a speed or rate that makes a plan stale");

  static final OptionSet SET =
      OptionSet.of(
          LegoDnnProvider.NAME,
          PRESET,
          OBJECTIVE,
          ALPHA,
          BETA,
          GAMMA,
          RATIO,
          PREDICTOR,
          MARGIN,
          REPLAN_THRESHOLD);

  /**
   * Binds what was given.
   *
   * @throws io.offloadlab.failure.UsageError if an option is unknown or has a value that it cannot
   *     have
   */
  static LegoDnnOptions of(Map<String, String> options) {
    OptionSet.Values values = SET.read(options);
    boolean published = values.get(PRESET).equals(PUBLISHED);
    return new LegoDnnOptions(
        objective(values, published),
        values.get(RATIO),
        values.find(PREDICTOR).map(ADDITIVE::equals).orElse(published),
        values.find(MARGIN).orElse(published ? OptionalDouble.of(0) : values.get(MARGIN)),
        values.get(REPLAN_THRESHOLD));
  }

  private static Objective objective(OptionSet.Values values, boolean published) {
    String word = published ? values.find(OBJECTIVE).orElse(WEIGHTED) : values.get(OBJECTIVE);
    return switch (word) {
      case "size" -> new Objective.Size();
      case WEIGHTED ->
          new Objective.Weighted(values.get(ALPHA), values.get(BETA), values.get(GAMMA));
      default -> new Objective.Latency();
    };
  }

  private static OptionalDouble margin(String text) {
    return text.equals(AUTO)
        ? OptionalDouble.empty()
        : OptionalDouble.of(Range.SHARE.checked(Double.parseDouble(text)));
  }
}
