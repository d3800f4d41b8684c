package io.offloadlab.bench.run;

import io.offloadlab.bench.metric.DecisionTimes;

/**
 * Takes the time of every answer.
 *
 * @param times takes them
 */
record Timed(DecisionTimes times) implements Interposed.Between {
  @Override
  public void took(long nanos) {
    times.add(nanos);
  }
}
