package io.offloadlab.bench.sweep;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a cell came to.
 *
 * @param key the cell's
 * @param values by column of {@code summary.csv}: numbers and texts; empty where it failed
 * @param failure why it has no values, in a line; null where it has
 * @param seconds that it took to compute, which is not part of the result
 */
public record CellResult(
    String key,
    Map<String, Object> values,
    @JsonInclude(JsonInclude.Include.NON_NULL) String failure,
    double seconds) {
  /** Copies the map. */
  public CellResult {
    values = new LinkedHashMap<>(values == null ? Map.of() : values);
  }

  static CellResult failed(Cell cell, String why, double seconds) {
    return new CellResult(cell.key(), Map.of(), why, seconds);
  }

  boolean isFailed() {
    return failure != null;
  }
}
