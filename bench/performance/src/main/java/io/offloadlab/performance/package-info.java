/**
 * Benchmarks of the laboratory's parts, each beside what a user would take instead.
 *
 * <p>A benchmark is a JMH class whose method {@code ours} is compared with its other methods, under
 * each set of its parameters. {@code bin/performance} runs them in rounds, and gives ratios.
 *
 * <p>Nothing of the laboratory knows this package: the rivals are on no class path but its own.
 */
package io.offloadlab.performance;
