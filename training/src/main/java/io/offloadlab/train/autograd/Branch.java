package io.offloadlab.train.autograd;

import io.offloadlab.graph.ModelGraph;

/**
 * A graph that reads what a vertex of another one gives.
 *
 * @param after the vertex
 * @param graph with no name of a vertex that the other one has
 */
public record Branch(String after, ModelGraph graph) {}
