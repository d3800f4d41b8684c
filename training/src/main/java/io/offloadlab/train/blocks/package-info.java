/**
 * LegoDNN's pruned blocks: extraction by L1 norm, a least-squares start, retraining against the
 * original block (Han et al., "LegoDNN", MobiCom 2021, section 4.2), or of random combinations of
 * blocks against the original network.
 *
 * <p>No labels are needed, and all variants share one forward pass of the original network. What a
 * block is and what can be pruned is read from the graph; no architecture is named.
 */
package io.offloadlab.train.blocks;
