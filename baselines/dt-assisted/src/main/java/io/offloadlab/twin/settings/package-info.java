/**
 * Everything that can be set, and the presets: YAML files beside this package's class.
 *
 * <p>Settings are numbers and switches alone. What reads them knows what they mean; options of the
 * command line are bound to them by the strategy.
 */
package io.offloadlab.twin.settings;
