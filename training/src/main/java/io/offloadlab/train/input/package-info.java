/**
 * Training images on their way to the network: shuffled, augmented and prefetched.
 *
 * <p>What a batch holds depends on the seed, the epoch and the batch's number alone, never on which
 * thread made it when; so a training that is resumed in the middle of an epoch sees what an
 * uninterrupted one would have seen. Buffers are reused: whoever takes a batch closes it.
 */
package io.offloadlab.train.input;
