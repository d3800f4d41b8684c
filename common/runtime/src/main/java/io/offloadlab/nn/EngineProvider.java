package io.offloadlab.nn;

/**
 * An engine that there is. A new one is a package with an implementation of this, and its line in
 * {@code META-INF/services/io.offloadlab.nn.EngineProvider}.
 */
public interface EngineProvider {
  /** By which the engine is chosen, such as {@code pytorch}. */
  String name();

  /** As {@link Engine#open}. */
  Engine open(Engine.Processor processor, int threads);
}
