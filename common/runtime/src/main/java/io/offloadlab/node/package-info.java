/**
 * The nodes: a {@link io.offloadlab.node.CloudNode} that edges connect to, the {@link
 * io.offloadlab.node.EdgeNode}s, and the route executor that walks a task's route across them.
 *
 * <p>The cloud is on every way between two nodes, so it alone knows the route and its progress; an
 * edge is told which of its components to run on which tensor, and answers with the result and when
 * it did what. Computing happens on one thread per node, first come, first served, and never on an
 * event loop.
 */
package io.offloadlab.node;
