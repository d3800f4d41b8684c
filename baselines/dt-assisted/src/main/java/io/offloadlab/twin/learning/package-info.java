/**
 * What the strategy learns: the continuation value, from samples of boundaries, with the memory and
 * the checkpoint that learning goes on from.
 *
 * <p>{@link io.offloadlab.twin.learning.ContValueNet} learns on the learning module and decides by
 * {@link io.offloadlab.twin.learning.ValueNetwork}, in plain Java. How far its output counts is
 * what hindsight bore out.
 */
package io.offloadlab.twin.learning;
