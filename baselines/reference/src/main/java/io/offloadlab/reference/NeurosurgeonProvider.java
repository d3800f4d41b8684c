package io.offloadlab.reference;

import io.offloadlab.strategy.OffloadStrategy;
import io.offloadlab.strategy.Standing;
import io.offloadlab.strategy.StrategyContext;
import io.offloadlab.strategy.StrategyProvider;

/** The best single split of the uncompressed network, under the name {@code neurosurgeon}. */
public final class NeurosurgeonProvider implements StrategyProvider {
  @Override
  public String name() {
    return "neurosurgeon";
  }

  @Override
  public String summary() {
    return "the best single split of the uncompressed network between the task's device and the"
        + " cloud (Kang et al., ASPLOS 2017)";
  }

  @Override
  public Standing standing() {
    return Standing.reference(4);
  }

  @Override
  public OffloadStrategy create(StrategyContext context) {
    return new Neurosurgeon(Backbone.of(context));
  }
}
