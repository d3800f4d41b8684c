/**
 * The inference engine: DJL with PyTorch.
 *
 * <p>This package and training are all that know DJL. A component becomes one TorchScript function
 * of oneDNN's fused operations where those are, and runs layer by layer elsewhere; its tensors stay
 * in the order in memory that these prefer until someone wants their bytes.
 */
package io.offloadlab.nn.pytorch;
