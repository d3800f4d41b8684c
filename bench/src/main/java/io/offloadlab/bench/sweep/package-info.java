/**
 * Sweeps: one strategy under one scenario per cell of a grid, every cell a pure function of what it
 * is called. What is done is kept as it comes, so that a sweep that was killed goes on where it
 * was. It knows neither how a cell is computed nor on how many machines.
 */
package io.offloadlab.bench.sweep;
