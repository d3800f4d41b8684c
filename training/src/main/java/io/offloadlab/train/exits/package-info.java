/**
 * A backbone with early exits, trained jointly (Teerapittayanon et al., "BranchyNet", ICPR 2016).
 *
 * <p>Exits hang on the cut points between a network's components, whatever network it is. A network
 * without exits is trained by the same code, with its own head as the only exit.
 */
package io.offloadlab.train.exits;
