/**
 * The command line: one class per command, each of which reads its options, asks the rooms behind
 * it to do the work and prints what came out.
 *
 * <p>Exit codes are a contract: 0 done, 1 the run failed (one line says why), 2 wrong usage. Errors
 * that a user can act on arrive here as {@link io.offloadlab.failure.RunFailure} or {@link
 * io.offloadlab.failure.UsageError}.
 */
package io.offloadlab.bench;
