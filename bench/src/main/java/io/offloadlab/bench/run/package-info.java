/**
 * Runs strategies over one task stream on one set of nodes, and keeps what came out.
 *
 * <p>{@link io.offloadlab.bench.run.Comparison} drives the stream and knows neither sockets nor the
 * inference engine: it hands tasks to a {@link io.offloadlab.bench.run.TaskRunner}. Edge processes
 * are started and ended here.
 */
package io.offloadlab.bench.run;
