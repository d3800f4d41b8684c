/**
 * Multilayer perceptrons on vectors in native memory: shapes, weights, passes forward and backward.
 *
 * <p>Arrays live in ND4J's memory and are multiplied by its OpenBLAS, called directly, because on
 * networks this small ND4J's own dispatch costs more than the arithmetic. Nothing is allocated in a
 * pass, and whoever makes a vector closes it.
 */
package io.offloadlab.learning.network;
