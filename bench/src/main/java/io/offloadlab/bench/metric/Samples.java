package io.offloadlab.bench.metric;

import io.offloadlab.strategy.TaskRecord;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Latencies of single tasks, from which intervals come: by repeat, and within it by the turns in
 * which strategies ran. Tasks of one turn share the machine's mood, so turns, not tasks, are what
 * the bootstrap draws.
 */
public final class Samples {
  /** Of a stream that nothing is known of but its sums. */
  public static final Samples NONE = new Samples(List.of());

  /** As sequential streams are divided. */
  private static final int MOST_PER_TURN = 25;

  private static final int LEAST_TURNS = 20;

  private final List<Repeat> repeats;
  private Intervals intervals;
  private Samples comparedWith;
  private Interval ratio;

  /**
   * The tasks of one repeat.
   *
   * @param number of the repeat
   * @param tasks positions in the stream, rising
   * @param latencies in milliseconds
   * @param turn number of tasks in the stream per turn
   */
  @SuppressWarnings("ArrayRecordComponent") // Nobody compares them, and there are many.
  private record Repeat(int number, int[] tasks, double[] latencies, int turn) {}

  /** Of a quantity's mean and quantiles. */
  record Intervals(Interval mean, Interval p50, Interval p95, Interval p99) {
    static final Intervals UNKNOWN =
        new Intervals(Interval.UNKNOWN, Interval.UNKNOWN, Interval.UNKNOWN, Interval.UNKNOWN);
  }

  private Samples(List<Repeat> repeats) {
    this.repeats = List.copyOf(repeats);
  }

  /**
   * Those of one repeat.
   *
   * @param repeat its number
   * @param records some or all of its tasks
   * @param turn number of tasks of the stream per turn
   */
  public static Samples of(int repeat, List<TaskRecord> records, int turn) {
    List<TaskRecord> sorted =
        records.stream().sorted((a, b) -> Integer.compare(a.task().id(), b.task().id())).toList();
    return of(
        repeat,
        sorted.stream().mapToInt(r -> r.task().id()).toArray(),
        sorted.stream().mapToDouble(r -> r.latency().totalMs()).toArray(),
        turn);
  }

  static Samples of(int repeat, int[] tasks, double[] latencies, int turn) {
    return new Samples(List.of(new Repeat(repeat, tasks, latencies, turn)));
  }

  /** Those of several repeats together. */
  static Samples of(List<Samples> each) {
    return new Samples(each.stream().flatMap(s -> s.repeats.stream()).toList());
  }

  /** Of the mean and quantiles of these latencies. */
  synchronized Intervals intervals() {
    if (intervals == null) {
      intervals = Bootstrap.of(repeats.stream().map(Samples::turns).toList());
    }
    return intervals;
  }

  /** Of the ratio of the mean of these latencies to that of others, on the tasks of both. */
  synchronized Interval ratioTo(Samples others) {
    if (comparedWith != others) {
      List<Bootstrap.Turn[]> own = new ArrayList<>();
      List<Bootstrap.Turn[]> theirs = new ArrayList<>();
      for (Repeat a : repeats) {
        others.repeats.stream()
            .filter(b -> b.number() == a.number())
            .findFirst()
            .ifPresent(
                b -> {
                  own.add(turns(common(a, b)));
                  theirs.add(turns(common(b, a)));
                });
      }
      ratio = Bootstrap.ofRatio(own, theirs);
      comparedWith = others;
    }
    return ratio;
  }

  /** The tasks of one that another has, too. */
  private static Repeat common(Repeat a, Repeat b) {
    int[] kept =
        IntStream.range(0, a.tasks().length)
            .filter(i -> Arrays.binarySearch(b.tasks(), a.tasks()[i]) >= 0)
            .toArray();
    return new Repeat(
        a.number(),
        IntStream.of(kept).map(i -> a.tasks()[i]).toArray(),
        IntStream.of(kept).mapToDouble(i -> a.latencies()[i]).toArray(),
        a.turn());
  }

  private static Bootstrap.Turn[] turns(Repeat r) {
    List<Bootstrap.Turn> turns = new ArrayList<>();
    int from = 0;
    for (int i = 1; i <= r.tasks().length; i++) {
      if (i == r.tasks().length || r.tasks()[i] / r.turn() != r.tasks()[from] / r.turn()) {
        turns.add(new Bootstrap.Turn(Arrays.copyOfRange(r.latencies(), from, i)));
        from = i;
      }
    }
    return turns.toArray(Bootstrap.Turn[]::new);
  }

  /**
   * Of the ratio of the means of two runs over the same tasks.
   *
   * @param above latencies of the one that is divided, in the order of the stream
   * @param below of the other, the same tasks
   */
  public static Interval ratio(double[] above, double[] below) {
    int[] tasks = IntStream.range(0, above.length).toArray();
    int turn = Math.max(1, Math.min(MOST_PER_TURN, above.length / LEAST_TURNS));
    return of(1, tasks, above, turn).ratioTo(of(1, tasks, below, turn));
  }
}
