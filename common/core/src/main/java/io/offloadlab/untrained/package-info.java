/**
 * Networks with random weights, for what does not depend on weights: latency.
 *
 * <p>{@link io.offloadlab.untrained.UntrainedNetwork} draws the weights once, keeps them in the
 * user's cache and stands in for a trained model. Its profile has no measured accuracy, and whoever
 * reports of it says so.
 */
package io.offloadlab.untrained;
