package io.offloadlab.twin.decision;

import io.offloadlab.graph.Component;

/**
 * A classifier on the backbone.
 *
 * @param name {@code exit-3}, {@code exit-5}, {@code exit-7}: the backbone's own head
 * @param branch components of the backbone before it
 * @param component from the backbone's feature map to the class scores
 * @param accuracy measured, in 0..1
 */
public record ExitPoint(String name, int branch, Component component, double accuracy) {}
