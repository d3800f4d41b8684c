/**
 * Everything that decides what a training gives, as one value.
 *
 * <p>Presets hold the recipes of the literature and the short ones for slow machines. Equal recipes
 * on equal data with an equal number of threads give equal weights.
 */
package io.offloadlab.train.recipe;
