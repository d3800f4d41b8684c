package io.offloadlab.bench.sweep;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonFormat.Feature;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.offloadlab.document.Document;
import io.offloadlab.failure.UsageError;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * What varies in a sweep, as it is written: each axis a list of values, a value by itself, or a
 * range {@code FIRST:LAST:STEP}; null where the scenario's own value holds.
 *
 * @param strategies names of entries
 * @param accuracy thresholds in 0..1
 * @param batch images per task
 * @param link presets or {@code UP/DOWN@RTT}, for all edges
 * @param edgeSpeed for all edges
 * @param edges number of edges
 * @param seed of every random choice
 */
public record Grid(
    @JsonFormat(with = Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY) List<String> strategies,
    @JsonFormat(with = Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY) List<Object> accuracy,
    @JsonFormat(with = Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY) List<Object> batch,
    @JsonFormat(with = Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY) List<String> link,
    @JsonProperty("edge-speed") @JsonFormat(with = Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY)
        List<Object> edgeSpeed,
    @JsonFormat(with = Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY) List<Object> edges,
    @JsonFormat(with = Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY) List<Object> seed) {
  /** More would not be looked at, and are a mistyped step. */
  public static final int MOST_CELLS = 1_000_000;

  /**
   * Reads a YAML file of these keys.
   *
   * @throws UsageError if it cannot be read, or a key or value is not understood
   */
  public static Grid read(Path file) {
    return Document.read(file).as(Grid.class);
  }

  /** Another grid's axes where it has them, else these. */
  public Grid overriddenBy(Grid over) {
    return new Grid(
        or(over.strategies, strategies),
        or(over.accuracy, accuracy),
        or(over.batch, batch),
        or(over.link, link),
        or(over.edgeSpeed, edgeSpeed),
        or(over.edges, edges),
        or(over.seed, seed));
  }

  /** The same with these strategies. */
  public Grid of(List<String> names) {
    return new Grid(names, accuracy, batch, link, edgeSpeed, edges, seed);
  }

  private static <T> T or(T first, T second) {
    return first != null ? first : second;
  }

  /**
   * Every combination, strategies varying fastest: those of one problem stand side by side.
   *
   * @throws UsageError if a value is not understood or out of range, one is there twice, or there
   *     are too many cells
   */
  public List<Cell> cells() {
    List<Double> accuracies =
        axis("accuracy", accuracy, AxisValues::decimal, a -> a >= 0 && a <= 1, "in 0..1");
    List<Integer> batches = axis("batch", batch, AxisValues::whole, b -> b >= 1, "at least 1");
    List<String> links = link == null ? none() : distinct("link", link);
    List<Double> speeds =
        axis("edge-speed", edgeSpeed, AxisValues::decimal, s -> s > 0 && s <= 1, "in (0, 1]");
    List<Integer> counts = axis("edges", edges, AxisValues::whole, n -> n >= 1, "at least 1");
    List<Long> seeds = axis("seed", seed, AxisValues::wide, s -> true, "a whole number");
    if (strategies == null || strategies.isEmpty()) {
      throw new UsageError("a sweep has at least one strategy: name them with --strategies");
    }
    distinct("strategies", strategies);
    long count =
        List.of(accuracies, batches, links, speeds, counts, seeds, strategies).stream()
            .mapToLong(List::size)
            .reduce(1, Grid::times);
    if (count > MOST_CELLS) {
      throw new UsageError(
          String.format(
              Locale.ROOT,
              "the grid has %d cells, more than %d: make a step larger",
              count,
              MOST_CELLS));
    }
    List<Cell> cells = new ArrayList<>();
    for (Integer b : batches) {
      for (Integer n : counts) {
        for (Double s : speeds) {
          for (String l : links) {
            for (Double a : accuracies) {
              for (Long x : seeds) {
                strategies.forEach(name -> cells.add(new Cell(name, a, b, l, s, n, x)));
              }
            }
          }
        }
      }
    }
    return cells;
  }

  private static long times(long a, long b) {
    return a > MOST_CELLS ? a : a * b;
  }

  private static <T> List<T> none() {
    List<T> one = new ArrayList<>();
    one.add(null);
    return one;
  }

  private static <T> List<T> axis(
      String name,
      List<Object> written,
      Function<AxisValues, List<T>> read,
      Predicate<T> good,
      String range) {
    if (written == null) {
      return none();
    }
    List<T> values =
        written.stream()
            .flatMap(w -> read.apply(new AxisValues(name, String.valueOf(w))).stream())
            .toList();
    values.stream()
        .filter(good.negate())
        .findFirst()
        .ifPresent(
            v -> {
              throw new UsageError("%s is %s, not %s".formatted(name, range, v));
            });
    return distinct(name, values);
  }

  private static <T> List<T> distinct(String name, List<T> values) {
    if (values.isEmpty()) {
      throw new UsageError("%s has no value: give it one, or leave it out".formatted(name));
    }
    for (int i = 0; i < values.size(); i++) {
      if (values.indexOf(values.get(i)) < i) {
        throw new UsageError("%s has %s twice: leave one out".formatted(name, values.get(i)));
      }
    }
    return values;
  }
}
