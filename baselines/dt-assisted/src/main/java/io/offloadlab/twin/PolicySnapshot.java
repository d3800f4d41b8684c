package io.offloadlab.twin;

import java.util.Map;

/**
 * Everything that an edge needs to decide at its boundaries by itself: sent ahead and refreshed
 * while the cloud goes on learning. Plain numbers, so that it travels as JSON.
 *
 * @param settings the constants
 * @param alpha what accuracy is worth now
 * @param scale seconds of one unit of the network
 * @param values the network; null before the first task
 * @param trust what its output is multiplied by at each boundary, 0 at others
 */
public record PolicySnapshot(
    TwinSettings settings,
    double alpha,
    double scale,
    ValueNetwork values,
    Map<Integer, Double> trust) {}
