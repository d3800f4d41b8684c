package io.offloadlab.scenario;

import io.offloadlab.document.Document;
import io.offloadlab.failure.UsageError;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;

/** Finds a scenario by preset name or file. */
public final class ScenarioFiles {
  private static final List<String> PRESETS =
      List.of(
          "published",
          "published-128",
          "memory-tight",
          "heterogeneous",
          "slow-uplink",
          "iot-wifi",
          "iot-4g",
          "wifi-drop",
          "wifi-mobile",
          "vgg16-224");

  private ScenarioFiles() {}

  /** Names of the presets. */
  public static List<String> presetNames() {
    return PRESETS;
  }

  /**
   * The scenario of a preset or of a YAML file.
   *
   * @param nameOrFile a preset's name, or a path that ends in {@code .yaml} or {@code .yml}
   * @throws UsageError if there is no such preset or file, or the file is not a scenario
   */
  public static ScenarioDraft read(String nameOrFile) {
    if (PRESETS.contains(nameOrFile)) {
      try (InputStream in = ScenarioFiles.class.getResourceAsStream(nameOrFile + ".yaml")) {
        return ScenarioKeys.draft(Document.builtIn(nameOrFile, in));
      } catch (IOException e) {
        throw new IllegalStateException("preset '%s' is broken".formatted(nameOrFile), e);
      }
    }
    Path file = Path.of(nameOrFile);
    if (!nameOrFile.endsWith(".yaml") && !nameOrFile.endsWith(".yml")) {
      throw UsageError.unknown("scenario", nameOrFile, PRESETS, "or a file ending in .yaml");
    }
    ScenarioDraft draft = ScenarioKeys.draft(Document.read(file));
    return draft.name() != null ? draft : draft.named(file.getFileName().toString());
  }
}
