package io.offloadlab.bench;

import io.offloadlab.bench.run.Strategies;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine.Option;

/** Strategies of other people's. */
final class PluginOption {
  @Option(
      names = "--plugin",
      paramLabel = "JAR",
      split = ",",
      description = "Jars with more strategies, found by their META-INF/services.")
  private List<Path> jars = List.of();

  /** The words that say the same in another command. */
  List<String> words() {
    return jars.stream().flatMap(j -> Stream.of("--plugin", j.toString())).toList();
  }

  /**
   * All strategies.
   *
   * @throws io.offloadlab.failure.UsageError if a jar has none, or one of a name that is taken
   */
  Strategies strategies() {
    return Strategies.onClassPath().and(jars);
  }
}
