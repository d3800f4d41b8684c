/**
 * What the early exits of a trained network say of test images.
 *
 * <p>Every exit runs on the inference engine, what several share once; an {@link
 * io.offloadlab.branchynet.ExitPolicy} then says which image leaves where, and what that costs.
 * Nothing here trains.
 */
package io.offloadlab.train.evaluate;
