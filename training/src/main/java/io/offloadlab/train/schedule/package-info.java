/**
 * Learning rates over the steps of a training, as PyTorch's schedulers give them.
 *
 * <p>A schedule is a pure function of the step, so a resumed training needs no state of it.
 */
package io.offloadlab.train.schedule;
