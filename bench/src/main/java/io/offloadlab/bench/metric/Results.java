package io.offloadlab.bench.metric;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

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
   */
  public record Row(StreamSummary stream, Optional<StreamSummary> yardstick, ImageUse use) {}

  /** The table of all, as files hold it. */
  public Sheet<Row> sheet() {
    return sheet(streams);
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
    return new Sheet<>(columns, rows.stream().map(s -> new Row(s, measure, use)).toList());
  }
}
