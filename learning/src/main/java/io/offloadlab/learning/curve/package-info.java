/**
 * Curves of a training: one table as CSV, and TensorBoard's event files beside it.
 *
 * <p>A figure is declared once, with its column and its tag. A training that goes on from a
 * checkpoint goes on in the same table.
 */
package io.offloadlab.learning.curve;
