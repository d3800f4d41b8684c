package io.offloadlab.reference;

import io.offloadlab.strategy.OffloadStrategy;
import io.offloadlab.strategy.Standing;
import io.offloadlab.strategy.StrategyContext;
import io.offloadlab.strategy.StrategyProvider;

/** The uncompressed network on the task's device, under the name {@code edge-only}. */
public final class EdgeOnlyProvider implements StrategyProvider {
  @Override
  public String name() {
    return "edge-only";
  }

  @Override
  public String summary() {
    return "the uncompressed network on the task's device, whatever its memory budget";
  }

  @Override
  public Standing standing() {
    return Standing.reference(3);
  }

  @Override
  public OffloadStrategy create(StrategyContext context) {
    return new OnePlace(Backbone.of(context), false);
  }
}
