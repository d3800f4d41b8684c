/**
 * The LegoDNN strategy: compressed blocks, chosen and placed (Han et al., "LegoDNN", MobiCom 2021,
 * spread over several nodes).
 *
 * <p>{@link io.offloadlab.legodnn.LegoDnnProvider} registers it under the name {@code legodnn}.
 * Block detection, accuracy prediction and planning lie in the packages below and know nothing of
 * tasks and routes.
 */
package io.offloadlab.legodnn;
