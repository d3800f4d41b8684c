package io.offloadlab.performance;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.commons.statistics.descriptive.Median;

/**
 * One contestant under one set of parameters, and how many times its time ours takes.
 *
 * @param benchmark simple name of the class
 * @param parameters as in {@link Score}
 * @param contestant name of the method
 * @param time median over the rounds
 * @param unit of the time
 * @param ratio ours over this one: median of the rounds' ratios; 1 for ours itself, NaN where there
 *     is no method {@code ours}
 * @param least of the rounds' ratios
 * @param most of the rounds' ratios; with five rounds the median lies between both in 15 of 16
 *     cases
 */
record Comparison(
    String benchmark,
    String parameters,
    String contestant,
    double time,
    String unit,
    double ratio,
    double least,
    double most) {
  static final String OURS = "ours";

  private record Case(String benchmark, String parameters) {}

  /** Of all scores: in the order in which benchmarks and parameters came, ours first. */
  static List<Comparison> of(List<Score> scores) {
    Map<Case, List<Score>> cases =
        scores.stream()
            .collect(
                Collectors.groupingBy(
                    s -> new Case(s.benchmark(), s.parameters()),
                    LinkedHashMap::new,
                    Collectors.toList()));
    return cases.values().stream().flatMap(c -> compared(c).stream()).toList();
  }

  private static List<Comparison> compared(List<Score> scores) {
    Map<Integer, Double> ours =
        scores.stream()
            .filter(s -> s.contestant().equals(OURS))
            .collect(Collectors.toMap(Score::round, Score::time));
    Map<String, List<Score>> contestants =
        scores.stream()
            .collect(
                Collectors.groupingBy(Score::contestant, LinkedHashMap::new, Collectors.toList()));
    return contestants.values().stream()
        .map(c -> compared(c, ours))
        .sorted(Comparator.comparing(c -> !c.contestant.equals(OURS)))
        .toList();
  }

  private static Comparison compared(List<Score> rounds, Map<Integer, Double> ours) {
    Score first = rounds.get(0);
    double[] times = rounds.stream().mapToDouble(Score::time).toArray();
    double[] ratios =
        rounds.stream()
            .mapToDouble(s -> ours.getOrDefault(s.round(), Double.NaN) / s.time())
            .sorted()
            .toArray();
    return new Comparison(
        first.benchmark(),
        first.parameters(),
        first.contestant(),
        median(times),
        first.unit(),
        median(ratios),
        ratios[0],
        ratios[ratios.length - 1]);
  }

  private static double median(double[] values) {
    return Median.withDefaults().evaluate(values);
  }
}
