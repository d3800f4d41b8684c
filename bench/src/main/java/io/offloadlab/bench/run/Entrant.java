package io.offloadlab.bench.run;

import io.offloadlab.strategy.OffloadStrategy;

/**
 * A strategy that takes part in a comparison.
 *
 * @param name on the command line and in tables
 * @param strategy made for this run's model and scenario
 */
public record Entrant(String name, OffloadStrategy strategy) {}
