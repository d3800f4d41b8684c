/**
 * LegoDNN's blocks: which stretches of a network can be compressed alone, and what is left of them
 * at a sparsity.
 *
 * <p>Everything follows from the {@link io.offloadlab.graph.ModelGraph}: no architecture is named.
 * Weights are not touched here; {@link io.offloadlab.legodnn.blocks.FilterSelection} says which
 * filters a trainer keeps.
 */
package io.offloadlab.legodnn.blocks;
