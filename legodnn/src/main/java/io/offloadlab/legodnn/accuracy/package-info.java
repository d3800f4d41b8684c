/**
 * Predicts the accuracy of a network of block variants from what was measured of other networks.
 *
 * <p>Every {@link io.offloadlab.legodnn.accuracy.AccuracyPredictor} is a decreasing function of a
 * sum of costs, one per block: an accuracy threshold becomes a budget on that sum, so the planner
 * stays exact. {@link io.offloadlab.legodnn.accuracy.CrossValidation} says how far off a predictor
 * is on networks it has not seen.
 */
package io.offloadlab.legodnn.accuracy;
