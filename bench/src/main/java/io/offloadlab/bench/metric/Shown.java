package io.offloadlab.bench.metric;

/** Where a column is shown, beside the CSV file that it may be in. */
public enum Shown {
  /** Nowhere: it is the same in every row, or too long. */
  NOWHERE,
  /** In the table of results: on the terminal and first in every report. */
  RESULTS,
  /** In the reports' table of where the time goes, and in its chart: they add up to the latency. */
  PARTS,
  /** In that table, but not in its chart. */
  TIMES,
  /**
   * In that table of {@code report.html} alone: it is the clock's, even where time is simulated,
   * and differs from run to run.
   */
  CLOCK
}
