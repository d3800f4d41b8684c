/**
 * The early-exit network: a backbone with side branches that end in classifiers of their own
 * (Teerapittayanon, McDanel, Kung, "BranchyNet", ICPR 2016, arXiv 1709.01686).
 *
 * <p>{@link io.offloadlab.branchynet.BranchyNet} gives the chain of components from the input to
 * each exit; an {@link io.offloadlab.branchynet.ExitPolicy} says at which exit a sample leaves.
 * Where the components of a chain run is decided elsewhere.
 */
package io.offloadlab.branchynet;
