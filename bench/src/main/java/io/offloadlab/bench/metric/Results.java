package io.offloadlab.bench.metric;

import java.util.List;
import java.util.Optional;

/**
 * The streams of one run side by side.
 *
 * @param yardstick name of the strategy that the others are measured by, whether or not it took
 *     part
 * @param streams in the order of the table, at least one
 */
public record Results(String yardstick, List<StreamSummary> streams) {
  /** Stands for the yardstick's name in headers. */
  static final String YARDSTICK = "{yardstick}";

  /** Copies the list. */
  public Results {
    streams = List.copyOf(streams);
  }

  /**
   * A row of {@code summary.csv}.
   *
   * @param stream the strategy's own
   * @param yardstick the yardstick's; empty where it did not take part
   */
  public record Row(StreamSummary stream, Optional<StreamSummary> yardstick) {}

  /** The table of all. */
  public Sheet<Row> sheet() {
    Optional<StreamSummary> measure =
        streams.stream().filter(s -> s.strategy().equals(yardstick)).findFirst();
    List<Column<Row>> columns =
        Metrics.ofStreams().stream()
            .map(c -> c.under(c.header().replace(YARDSTICK, yardstick)))
            .toList();
    return new Sheet<>(columns, streams.stream().map(s -> new Row(s, measure)).toList());
  }
}
