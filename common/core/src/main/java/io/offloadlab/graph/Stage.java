package io.offloadlab.graph;

/**
 * A named stretch of a network that ends at a cut point: how the builder of a graph says where its
 * components lie. A stage begins where the one before it ends.
 *
 * @param name component name in the field's terms ({@code root}, {@code block-3}, {@code head})
 * @param end name of the vertex whose output leaves the stage
 */
public record Stage(String name, String end) {}
