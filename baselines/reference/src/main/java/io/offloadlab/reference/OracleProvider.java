package io.offloadlab.reference;

import io.offloadlab.strategy.OffloadStrategy;
import io.offloadlab.strategy.StrategyContext;
import io.offloadlab.strategy.StrategyProvider;

/** The best placement of the uncompressed network, under the name {@code oracle}. */
public final class OracleProvider implements StrategyProvider {
  @Override
  public String name() {
    return "oracle";
  }

  @Override
  public String summary() {
    return "the least predicted latency that placing the uncompressed network can reach";
  }

  @Override
  public OffloadStrategy create(StrategyContext context) {
    return new Oracle(Backbone.of(context));
  }
}
