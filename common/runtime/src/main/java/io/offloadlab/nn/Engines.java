package io.offloadlab.nn;

import io.offloadlab.failure.RunFailure;
import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The engines on the class path. */
public final class Engines {
  /** The name under which whichever engine is fastest is chosen for each program. */
  public static final String AUTO = "auto";

  private Engines() {}

  /** Every name by which engines are chosen, {@link #AUTO} first. */
  public static List<String> names() {
    return Stream.concat(Stream.of(AUTO), all().stream().map(EngineProvider::name)).toList();
  }

  private static List<EngineProvider> all() {
    return ServiceLoader.load(EngineProvider.class, Engines.class.getClassLoader()).stream()
        .map(ServiceLoader.Provider::get)
        .toList();
  }

  /** The engine that is tried first on a processor; the libraries of others are not loaded. */
  static EngineProvider first(Engine.Processor processor) {
    return all().stream()
        .filter(p -> p.runsOn(processor))
        .findFirst()
        .orElseThrow(() -> new RunFailure("no engine runs on this machine's " + processor));
  }

  /**
   * The engines that a name stands for.
   *
   * @param name one of {@link #names}
   * @return at least one, the one to begin with first
   * @throws RunFailure if there is no such engine, or it does not run on this processor
   */
  static List<EngineProvider> of(String name, Engine.Processor processor) {
    List<EngineProvider> there =
        all().stream().filter(p -> named(name, p)).filter(p -> p.runsOn(processor)).toList();
    if (there.isEmpty()) {
      throw new RunFailure(
          names().contains(name)
              ? "engine '%s' does not run on this machine's %s: leave --engine out"
                  .formatted(name, processor)
              : "there is no engine '%s': it is one of %s".formatted(name, names()));
    }
    if (!name.equals(AUTO)) {
      return there;
    }
    var known = there.stream().map(EngineProvider::name).collect(Collectors.toSet());
    return there.stream()
        .filter(p -> p.neverFasterThan().stream().noneMatch(known::contains))
        .toList();
  }

  private static boolean named(String name, EngineProvider provider) {
    return name.equals(AUTO) ? provider.isExact() : name.equals(provider.name());
  }
}
