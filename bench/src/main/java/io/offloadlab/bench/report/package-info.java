/**
 * What a comparison leaves behind: the table on the terminal, {@code summary.csv} with its Markdown
 * and LaTeX forms, {@code tasks.csv}, {@code run.json} and {@code report.html}.
 *
 * <p>Everything is laid out from {@link io.offloadlab.bench.report.StrategyResult}s by the columns
 * that {@link io.offloadlab.bench.metric.Metrics} declares. Nothing here runs a task or knows a
 * metric.
 */
package io.offloadlab.bench.report;
