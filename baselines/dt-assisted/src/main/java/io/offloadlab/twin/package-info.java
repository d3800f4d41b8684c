/**
 * The digital-twin-assisted strategy (Hu, Li, Gao, Zhou, Shen, "Adaptive Device-Edge Collaboration
 * on DNN Inference in AIoT: A Digital Twin-Assisted Approach", IEEE IoT-J, arXiv 2405.17664):
 * whether and when to stop inference on a device is decided at every component boundary.
 *
 * <p>{@link io.offloadlab.twin.DigitalTwinStrategy} learns the value of going on with {@link
 * io.offloadlab.twin.ContValueNet}, from what {@link io.offloadlab.twin.WorkloadTwin} says would
 * have happened under every other decision. The policies that it is judged against decide on the
 * same {@link io.offloadlab.twin.DecisionSpace}.
 */
package io.offloadlab.twin;
