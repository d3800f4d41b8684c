package io.offloadlab.bench.sweep;

import java.util.Map;

/**
 * Computes a cell: the same values for the same cell, whenever, wherever and beside whatever else.
 * Used by many threads at once.
 */
@FunctionalInterface
public interface CellFunction {
  /**
   * Runs the cell's stream.
   *
   * @return by column of {@code summary.csv}: numbers and texts
   * @throws RuntimeException if it comes to nothing; the message says why in a line
   */
  Map<String, Object> apply(Cell cell);
}
