package io.offloadlab.strategy;

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

  /**
   * Most edges that it plans for in reasonable time. Above, it takes part only where it is named.
   */
  default int mostEdges() {
    return Integer.MAX_VALUE;
  }

  /**
   * A strategy for one run.
   *
   * @param context the model and the scenario
   * @throws io.offloadlab.failure.RunFailure if the scenario cannot be met, whatever the system
   *     measures; the message names the best that can be
   */
  OffloadStrategy create(StrategyContext context);
}
