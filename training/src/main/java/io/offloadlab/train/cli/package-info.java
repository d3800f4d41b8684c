/**
 * The commands that make weights and profiles, to be mounted under the tools of the laboratory.
 *
 * <p>{@code branchynet train} makes a backbone with its exits, {@code legodnn train} its pruned
 * blocks, {@code legodnn profile} measures both. A model's directory is all that passes between
 * them.
 */
package io.offloadlab.train.cli;
