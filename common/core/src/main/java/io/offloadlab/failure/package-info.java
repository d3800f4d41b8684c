/**
 * The two kinds of error that a user is meant to read. A {@link io.offloadlab.failure.RunFailure}
 * (exit code 1) says why a run failed, a {@link io.offloadlab.failure.UsageError} (exit code 2) why
 * what was asked for cannot be understood; each carries a single line that names the value, what
 * was expected and what to do. Anything else that escapes is a defect of ours and keeps its stack
 * trace.
 */
package io.offloadlab.failure;
