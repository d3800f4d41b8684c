/**
 * The workload-evolution twin: what a device's queue, its uplink and the cloud would have been
 * under the decisions that were not taken.
 *
 * <p>It turns every task into samples for learning, also of boundaries that the task did not come
 * to. It decides nothing.
 */
package io.offloadlab.twin.workload;
