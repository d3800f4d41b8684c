package org.example.halves;

import io.offloadlab.strategy.OffloadStrategy;
import io.offloadlab.strategy.StrategyContext;
import io.offloadlab.strategy.StrategyProvider;
import io.offloadlab.strategy.option.Option;
import io.offloadlab.strategy.option.OptionSet;
import io.offloadlab.strategy.option.Range;

/** Makes {@link Halves}; named in META-INF/services. */
public final class HalvesProvider implements StrategyProvider {
  private static final Option<Double> SHARE =
      Option.number("share", 0.5, Range.SHARE, "of the components that run on the edge");
  private static final OptionSet OPTIONS = OptionSet.of("halves", SHARE);

  static double share(StrategyContext context) {
    return OPTIONS.read(context.options()).get(SHARE);
  }

  @Override
  public String name() {
    return "halves";
  }

  @Override
  public String summary() {
    return "One part of the network on the task's edge, the other on the cloud.";
  }

  @Override
  public OptionSet options() {
    return OPTIONS;
  }

  @Override
  public OffloadStrategy create(StrategyContext context) {
    return new Halves(context);
  }
}
