/**
 * Any {@link io.offloadlab.graph.ModelGraph} in trainable form on DJL's PyTorch, with losses and
 * optimisers.
 *
 * <p>Gradients are PyTorch's own; the optimisers are written here because DJL's differ from
 * PyTorch's (no Nesterov momentum, a learning rate inside the momentum, another place for Adam's
 * epsilon). Every tensor belongs to the manager it was made under, and is gone when that is closed.
 */
package io.offloadlab.train.autograd;
