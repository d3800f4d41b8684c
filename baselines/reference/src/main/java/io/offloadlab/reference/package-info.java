/**
 * Strategies that run the uncompressed network: what the others are compared with.
 *
 * <p>{@code cloud-only} and {@code edge-only} keep it in one place, {@code cloud-only-budgeted}
 * only where there is room for it, {@code neurosurgeon} splits it once, {@code oracle} places every
 * component as well as can be. They share the accuracy of the original network, so a threshold
 * above it fails at once.
 */
package io.offloadlab.reference;
