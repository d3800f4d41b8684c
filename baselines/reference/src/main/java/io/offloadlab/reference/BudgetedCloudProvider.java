package io.offloadlab.reference;

import io.offloadlab.strategy.OffloadStrategy;
import io.offloadlab.strategy.Standing;
import io.offloadlab.strategy.StrategyContext;
import io.offloadlab.strategy.StrategyProvider;

/**
 * The uncompressed network on the cloud if its memory budget has room for it, under the name {@code
 * cloud-only-budgeted}: what the budget does to {@code cloud-only}.
 */
public final class BudgetedCloudProvider implements StrategyProvider {
  private static final String NAME = "cloud-only-budgeted";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String summary() {
    return "the uncompressed network on the cloud, where its memory budget has room for it";
  }

  @Override
  public Standing standing() {
    return Standing.reference(2);
  }

  @Override
  public OffloadStrategy create(StrategyContext context) {
    Backbone backbone = Backbone.of(context);
    backbone
        .tooLargeForTheCloud(NAME)
        .ifPresent(
            why -> {
              throw why;
            });
    return new OnePlace(backbone, true);
  }
}
