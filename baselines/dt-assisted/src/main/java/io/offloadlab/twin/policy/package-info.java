/**
 * What policies that decide at boundaries have in common, the one that others are measured by, and
 * the measure.
 *
 * <p>A policy extends {@link io.offloadlab.twin.policy.BoundaryStrategy} and says when to stop.
 * Those that only the study compares with are in its folder, among the tests.
 */
package io.offloadlab.twin.policy;
