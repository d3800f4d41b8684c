/**
 * The one kind of error that a user is meant to read. A {@link io.offloadlab.failure.RunFailure}
 * carries a single line that names the value, what was expected and what to do; the command line
 * prints it and exits with 1. Anything else that escapes is a defect of ours and keeps its stack
 * trace.
 */
package io.offloadlab.failure;
