/**
 * What a comparison leaves behind: the table on the terminal, {@code summary.csv}, {@code
 * tasks.csv}, {@code run.json} and {@code report.html}.
 *
 * <p>Everything is computed from {@link io.offloadlab.bench.report.StrategyResult}s, which hold the
 * task records as the runtime made them. Nothing here runs a task.
 */
package io.offloadlab.bench.report;
