package io.offloadlab.bench.metric;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The streams of one run side by side.
 *
 * @param entries that the streams belong to, by name; an entry without one did not take part
 * @param use which images chose and which report
 * @param yardstick name of the entry that the others are measured by, whether or not it took part
 * @param streams in the order of the files, at least one
 */
public record Results(
    List<Entry> entries, ImageUse use, String yardstick, List<StreamSummary> streams) {
  /** Stands for the yardstick's name in headers. */
  static final String YARDSTICK = "{yardstick}";

  /** Copies the lists. */
  public Results {
    entries = List.copyOf(entries);
    streams = List.copyOf(streams);
  }

  /**
   * A row of {@code summary.csv}.
   *
   * @param stream the strategy's own
   * @param yardstick the yardstick's; empty where it did not take part
   * @param use which images chose and which report
   * @param learned whether its decisions depend on what it learned by chance
   */
  public record Row(
      StreamSummary stream, Optional<StreamSummary> yardstick, ImageUse use, boolean learned) {
    private Optional<StreamSummary> other() {
      return yardstick.filter(y -> !y.strategy().equals(stream.strategy()));
    }

    /** Of the mean latency divided by the yardstick's; unknown of the yardstick itself. */
    Interval ratio() {
      return other().map(y -> stream.samples().ratioTo(y.samples())).orElse(Interval.UNKNOWN);
    }

    /** {@code faster} or {@code slower} than the yardstick where the interval excludes 1. */
    String verdict() {
      Interval ratio = ratio();
      if (!ratio.isKnown() || ratio.contains(1)) {
        return "";
      }
      return ratio.high() < 1 ? "faster" : "slower";
    }

    /** The mean latencies of repeats, if chance had a say in them; empty otherwise. */
    private double[] chances() {
      return learned && stream.repeatMeans().size() > 1
          ? stream.repeatMeans().stream().mapToDouble(Double::doubleValue).toArray()
          : new double[0];
    }

    double interquartileMean() {
      return Bootstrap.interquartileMean(chances());
    }

    Interval interquartileInterval() {
      return Bootstrap.ofInterquartileMean(chances());
    }
  }

  /** The table of all, as files hold it. */
  public Sheet<Row> sheet() {
    return sheet(streams);
  }

  /** Its lines, in the order of the streams, by column. */
  public List<Map<String, Object>> filed() {
    List<tech.tablesaw.columns.Column<?>> columns = sheet().filed().values();
    return IntStream.range(0, streams.size())
        .mapToObj(
            i -> {
              Map<String, Object> line = new LinkedHashMap<>();
              columns.forEach(c -> line.put(c.name(), c.get(i)));
              return line;
            })
        .toList();
  }

  /** Columns of it as people are shown them: references last, and set apart. */
  public TextTable shown(Shown... in) {
    Set<String> references =
        entries.stream().filter(Entry::reference).map(Entry::name).collect(Collectors.toSet());
    List<StreamSummary> ordered =
        streams.stream()
            .sorted(Comparator.comparing(s -> references.contains(s.strategy())))
            .toList();
    int apart = (int) streams.stream().filter(s -> references.contains(s.strategy())).count();
    return sheet(ordered).shown(in).text().apart(apart == streams.size() ? 0 : apart);
  }

  private Sheet<Row> sheet(List<StreamSummary> rows) {
    Optional<StreamSummary> measure =
        streams.stream().filter(s -> s.strategy().equals(yardstick)).findFirst();
    List<Column<Row>> columns =
        Metrics.ofStreams().stream()
            .map(c -> c.under(c.header().replace(YARDSTICK, yardstick)))
            .toList();
    Set<String> learners =
        entries.stream().filter(Entry::learned).map(Entry::name).collect(Collectors.toSet());
    return new Sheet<>(
        columns,
        rows.stream().map(s -> new Row(s, measure, use, learners.contains(s.strategy()))).toList());
  }
}
