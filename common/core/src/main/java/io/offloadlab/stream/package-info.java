/**
 * Which images arrive when. A {@link io.offloadlab.stream.TaskStream} gives every strategy the same
 * tasks in the same order; every use of chance in the laboratory draws from a stream of its own
 * ({@link io.offloadlab.stream.RandomStreams}), all from the one seed of the run. It knows images
 * by their index alone.
 */
package io.offloadlab.stream;
