/**
 * The one table of metrics: {@link io.offloadlab.bench.metric.Metrics} declares every column once,
 * with its key, header, unit, format, meaning and how it is read from a task's record and summed up
 * over a stream. A {@link io.offloadlab.bench.metric.StreamFold} sums up a stream as it passes,
 * live and simulated alike; a {@link io.offloadlab.bench.metric.Sheet} makes a Tablesaw table of
 * declared columns. Nothing here runs a task or writes a file.
 */
package io.offloadlab.bench.metric;
