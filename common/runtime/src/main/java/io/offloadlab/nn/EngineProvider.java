package io.offloadlab.nn;

import java.util.Set;

/**
 * An engine that there is. A new one is a package with an implementation of this, and its line in
 * {@code META-INF/services/io.offloadlab.nn.EngineProvider}.
 */
public interface EngineProvider {
  /** By which the engine is chosen, such as {@code onednn}. */
  String name();

  /** Whether this engine can be opened here for a processor. */
  boolean runsOn(Engine.Processor processor);

  /** Engines that need not be measured against this one: where they run, they are faster. */
  default Set<String> neverFasterThan() {
    return Set.of();
  }

  /** Whether it computes in float32; one that does not is never chosen unless it is named. */
  default boolean isExact() {
    return true;
  }

  /** As {@link Engine#open}. */
  Engine open(Engine.Processor processor, int threads);
}
