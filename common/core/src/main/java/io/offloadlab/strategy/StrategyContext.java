package io.offloadlab.strategy;

import io.offloadlab.graph.Component;
import io.offloadlab.graph.ModelGraph;
import io.offloadlab.graph.WeightRef;
import io.offloadlab.models.ModelDirectory;
import io.offloadlab.models.ModelProfile;
import java.util.List;
import java.util.Map;

/**
 * What a strategy is made from.
 *
 * @param network the backbone
 * @param profile what was measured of its accuracy
 * @param scenario the problem
 * @param options settings of single strategies, such as {@code legodnn.objective=size}
 */
public record StrategyContext(
    ModelGraph network, ModelProfile profile, Scenario scenario, Map<String, String> options) {
  /** File of the backbone's weights in a model's directory. */
  public static final String BACKBONE_WEIGHTS = ModelDirectory.BACKBONE;

  /** Copies the options. */
  public StrategyContext {
    options = Map.copyOf(options);
  }

  /** The same with other settings. */
  public StrategyContext with(Map<String, String> others) {
    return new StrategyContext(network, profile, scenario, others);
  }

  /** The same in another scenario. */
  public StrategyContext in(Scenario other) {
    return new StrategyContext(network, profile, other, options);
  }

  /** The uncompressed network as its chain of components. */
  public List<Component> backbone() {
    return network.components(WeightRef.of(BACKBONE_WEIGHTS));
  }
}
