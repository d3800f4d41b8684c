package io.offloadlab.strategy;

import io.offloadlab.strategy.option.OptionSet;

/**
 * Makes a strategy by name; found by {@link java.util.ServiceLoader}. To add a strategy to the
 * laboratory, implement this and name the class in {@code
 * META-INF/services/io.offloadlab.strategy.StrategyProvider}.
 */
public interface StrategyProvider {
  /** Name on the command line and in tables: {@code legodnn}. */
  String name();

  /** One line for {@code --help}. */
  String summary();

  /** What it is in a comparison; by default it takes part where it is named. */
  default Standing standing() {
    return Standing.ON_REQUEST;
  }

  /** What can be set with {@code -O}; nothing by default. */
  default OptionSet options() {
    return OptionSet.none(name());
  }

  /**
   * Whether its decisions depend on what it learned with the help of chance, so that one seed says
   * little of it.
   */
  default boolean learns() {
    return false;
  }

  /** The launcher in {@code bin} that runs it on real machines; may not exist. */
  default String tool() {
    return name();
  }

  /**
   * Most edges that it plans for in reasonable time. Above, it takes part only where it is named.
   */
  default int mostEdges() {
    return Integer.MAX_VALUE;
  }

  /**
   * Least cores of the cloud that it gives to each edge's tasks; 0 where they share all. On a cloud
   * that has too few it cannot take part.
   *
   * @param arrivals when tasks arrive: how many are there at once
   */
  default int cloudCoresPerEdge(Arrivals arrivals) {
    return 0;
  }

  /**
   * A strategy for one run, which the caller closes.
   *
   * @param context the model and the scenario
   * @throws io.offloadlab.failure.UsageError if an option is not understood
   * @throws io.offloadlab.failure.RunFailure if the scenario cannot be met, whatever the system
   *     measures; the message names the best that can be
   */
  OffloadStrategy create(StrategyContext context);
}
