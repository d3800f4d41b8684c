package io.offloadlab.bench.sweep;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * One run of a sweep: a strategy under one scenario.
 *
 * @param strategy its name in the run
 * @param accuracy least accuracy over the stream, in 0..1; null for the scenario's
 * @param batch images per task; null likewise, and so on
 * @param link of all edges, as the command line writes links
 * @param edgeSpeed of all edges, 1 for the machine's own
 * @param edges their number
 * @param seed drives every random choice
 */
public record Cell(
    String strategy,
    Double accuracy,
    Integer batch,
    String link,
    Double edgeSpeed,
    Integer edges,
    Long seed) {

  /** The name of this cell in files: what differs from the scenario, in a fixed order. */
  public String key() {
    StringBuilder key = new StringBuilder(strategy);
    append(key, "acc", accuracy);
    append(key, "batch", batch);
    append(key, "link", link);
    append(key, "edge-speed", edgeSpeed);
    append(key, "edges", edges);
    append(key, "seed", seed);
    return key.toString();
  }

  private static void append(StringBuilder key, String name, Object value) {
    if (value != null) {
      key.append(String.format(Locale.ROOT, " %s=%s", name, value));
    }
  }

  /** The same for whatever seed. */
  public Cell withoutSeed() {
    return new Cell(strategy, accuracy, batch, link, edgeSpeed, edges, null);
  }

  /** Names of the columns that {@link #values} fills. */
  static List<String> columns() {
    return List.of("strategy", "acc_threshold", "batch", "link", "edge_speed", "edges", "seed");
  }

  /** As texts; empty where the scenario's own holds. */
  List<String> values() {
    return Stream.of(strategy, accuracy, batch, link, edgeSpeed, edges, seed)
        .map(v -> v == null ? "" : v.toString())
        .toList();
  }
}
