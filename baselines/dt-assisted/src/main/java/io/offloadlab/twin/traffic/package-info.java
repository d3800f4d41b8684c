/**
 * What goes on around the devices, as far as their own tasks tell: who comes and waits, what is on
 * its way to the cloud, and what a delay costs those who come.
 *
 * <p>{@link io.offloadlab.twin.traffic.Surroundings} is what the strategy asks. The rest are its
 * estimates, which begin anew with every stream.
 */
package io.offloadlab.twin.traffic;
