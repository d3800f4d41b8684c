/**
 * What a trained network and its pruned blocks can do, measured: the profile that strategies plan
 * with.
 *
 * <p>Figures are those of the files as they rest, run by the inference engine, so they are what a
 * user of the files will see. Every accuracy comes with the number of images behind it and a 95%
 * confidence interval.
 */
package io.offloadlab.train.profile;
