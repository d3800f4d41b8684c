package io.offloadlab.bench.sweep;

import com.univocity.parsers.csv.CsvWriter;
import com.univocity.parsers.csv.CsvWriterSettings;
import java.io.Writer;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One row for each cell, in the order of the grid: the cell's own values, those of {@code
 * summary.csv}, and why it failed. Whatever was killed in between, the table is the same to the
 * byte.
 */
final class SweepTable {
  private static final String FAILURE = "failure";

  private SweepTable() {}

  /**
   * Writes the finished cells among some.
   *
   * @param done by key
   */
  static void write(Writer out, List<Cell> cells, Map<String, CellResult> done) {
    List<Cell> finished = cells.stream().filter(c -> done.containsKey(c.key())).toList();
    Set<String> columns = new LinkedHashSet<>();
    finished.forEach(c -> columns.addAll(done.get(c.key()).values().keySet()));
    columns.removeAll(Cell.columns());
    CsvWriterSettings settings = new CsvWriterSettings();
    settings.getFormat().setLineSeparator("\n");
    settings.setEmptyValue("");
    settings.setNullValue("");
    settings.setSkipEmptyLines(false);
    CsvWriter csv = new CsvWriter(out, settings);
    List<String> headers = new ArrayList<>(Cell.columns());
    headers.addAll(columns);
    headers.add(FAILURE);
    csv.writeHeaders(headers);
    for (Cell cell : finished) {
      CellResult result = done.get(cell.key());
      List<Object> row = new ArrayList<>();
      for (int i = 0; i < Cell.columns().size(); i++) {
        String own = cell.values().get(i);
        row.add(own.isEmpty() ? result.values().get(Cell.columns().get(i)) : own);
      }
      columns.forEach(c -> row.add(result.values().get(c)));
      row.add(result.failure());
      csv.writeRow(row);
    }
    csv.flush();
  }
}
