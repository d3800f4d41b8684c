/**
 * Where a {@link io.offloadlab.strategy.SystemView} comes from when nothing is measured: its file,
 * which makes the same decisions again, and systems that are not there, reckoned from one that is.
 *
 * <p>{@link io.offloadlab.view.SystemViewFile} reads and writes the file, {@link
 * io.offloadlab.view.ScenarioView} makes views of a scenario's machines, {@link
 * io.offloadlab.view.Reemulation} those of other links and speeds.
 */
package io.offloadlab.view;
