package io.offloadlab.reference;

import io.offloadlab.strategy.OffloadStrategy;
import io.offloadlab.strategy.Standing;
import io.offloadlab.strategy.StrategyContext;
import io.offloadlab.strategy.StrategyProvider;

/** The uncompressed network on the cloud, under the name {@code cloud-only}. */
public final class CloudOnlyProvider implements StrategyProvider {
  @Override
  public String name() {
    return "cloud-only";
  }

  @Override
  public String summary() {
    return "the uncompressed network on the cloud, whatever its memory budget";
  }

  @Override
  public Standing standing() {
    return Standing.reference(1);
  }

  @Override
  public OffloadStrategy create(StrategyContext context) {
    return new OnePlace(Backbone.of(context), true);
  }
}
