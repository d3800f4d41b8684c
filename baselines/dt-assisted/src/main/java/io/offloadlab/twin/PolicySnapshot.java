package io.offloadlab.twin;

/**
 * Everything that an edge needs to decide at its boundaries by itself: sent ahead and refreshed
 * while the cloud goes on learning. Plain numbers, so that it travels as JSON.
 *
 * @param settings the constants
 * @param alpha what accuracy is worth now
 * @param scale seconds of one unit of the network
 * @param values the network; null before the first task
 */
public record PolicySnapshot(
    TwinSettings settings, double alpha, double scale, ValueNetwork values) {}
