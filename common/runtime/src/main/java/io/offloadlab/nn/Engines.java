package io.offloadlab.nn;

import io.offloadlab.failure.RunFailure;
import java.util.List;
import java.util.ServiceLoader;

/** The engines on the class path. */
final class Engines {
  /** System property that names the engine to use. */
  static final String CHOICE = "offloadlab.engine";

  private Engines() {}

  static EngineProvider chosen() {
    List<EngineProvider> all =
        ServiceLoader.load(EngineProvider.class, Engines.class.getClassLoader()).stream()
            .map(ServiceLoader.Provider::get)
            .toList();
    String name = System.getProperty(CHOICE);
    return all.stream()
        .filter(p -> name == null || p.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new RunFailure(
                    "there is no engine '%s'; -D%s is one of %s"
                        .formatted(name, CHOICE, all.stream().map(EngineProvider::name).toList())));
  }
}
