package io.offloadlab.legodnn;

import io.offloadlab.strategy.NodeId;

/**
 * A node of a system that something can be placed on.
 *
 * @param node which one
 * @param kind number that equal nodes share
 * @param times what it takes
 * @param budget bytes that it may hold; 0 for one that is gone
 */
record Site(NodeId node, int kind, NodeTimes times, long budget) {}
