/**
 * From what a user writes to the {@link io.offloadlab.strategy.Scenario} that strategies are given:
 * presets, YAML files and command-line options.
 *
 * <p>All three fill the same {@link io.offloadlab.scenario.ScenarioDraft}, the later over the
 * earlier. Quantities with units (links, memory) are read here and nowhere else.
 */
package io.offloadlab.scenario;
