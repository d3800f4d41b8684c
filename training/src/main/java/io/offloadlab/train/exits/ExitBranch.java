package io.offloadlab.train.exits;

import io.offloadlab.graph.ModelGraph;

/**
 * An early exit.
 *
 * @param name {@code exit-3}
 * @param after vertex of the backbone whose output it reads
 * @param graph from that output to logits; its tensors are named as they rest in the backbone's
 *     file
 */
public record ExitBranch(String name, String after, ModelGraph graph) {}
