/**
 * The digital-twin-assisted strategy (Hu, Li, Gao, Zhou, Shen, "Adaptive Device-Edge Collaboration
 * on DNN Inference in AIoT: A Digital Twin-Assisted Approach", IEEE IoT-J, arXiv 2405.17664):
 * whether and when to stop inference on a device is decided at every component boundary.
 *
 * <p>{@link io.offloadlab.twin.DigitalTwinStrategy} learns the value of going on ({@code
 * learning}), from what the workload twin says would have happened under every other decision
 * ({@code workload}), on what may be decided and is worth ({@code decision}) amid what goes on
 * around ({@code traffic}). Here is what the laboratory sees: the strategy, its options and the
 * training before there is a stream.
 */
package io.offloadlab.twin;
