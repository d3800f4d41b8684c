package io.offloadlab.performance;

import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.results.RunResult;

/**
 * What one method of a benchmark took in one round.
 *
 * @param round from 0
 * @param benchmark simple name of its class
 * @param parameters as {@code name=value}, separated by blanks; empty if it has none
 * @param contestant name of the method
 * @param time median
 * @param unit of the time
 */
record Score(
    int round, String benchmark, String parameters, String contestant, double time, String unit) {

  static Score of(int round, RunResult result) {
    BenchmarkParams params = result.getParams();
    String[] name = params.getBenchmark().split("\\.", -1);
    Collection<String> keys = params.getParamsKeys();
    Map<String, String> values = new TreeMap<>();
    keys.forEach(k -> values.put(k, params.getParam(k)));
    return new Score(
        round,
        name[name.length - 2],
        values.entrySet().stream()
            .map(e -> e.getKey() + "=" + e.getValue())
            .collect(Collectors.joining(" ")),
        name[name.length - 1],
        result.getPrimaryResult().getStatistics().getPercentile(50),
        result.getPrimaryResult().getScoreUnit());
  }
}
