package io.offloadlab.scenario;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.offloadlab.failure.UsageError;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** Finds a scenario by preset name or file. */
public final class ScenarioFiles {
  private static final ObjectMapper YAML = YAMLMapper.builder().build();
  private static final List<String> PRESETS = List.of("published", "iot-wifi", "iot-4g");

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
        return YAML.readValue(in, ScenarioDraft.class);
      } catch (IOException e) {
        throw new IllegalStateException("preset '%s' is broken".formatted(nameOrFile), e);
      }
    }
    Path file = Path.of(nameOrFile);
    if (!nameOrFile.endsWith(".yaml") && !nameOrFile.endsWith(".yml")) {
      throw UsageError.unknown("scenario", nameOrFile, PRESETS, "or a file ending in .yaml");
    }
    if (!Files.isReadable(file)) {
      throw new UsageError("scenario file '%s' cannot be read".formatted(file));
    }
    try {
      return YAML.readValue(file.toFile(), ScenarioDraft.class);
    } catch (UnrecognizedPropertyException e) {
      List<String> known = e.getKnownPropertyIds().stream().map(String::valueOf).toList();
      UsageError unknown = UsageError.unknown("key", e.getPropertyName(), known);
      throw new UsageError("%s: %s".formatted(file, unknown.getMessage()), e);
    } catch (JsonProcessingException e) {
      throw new UsageError(
          "%s: %s".formatted(where(file, e), e.getOriginalMessage().lines().findFirst().orElse("")),
          e);
    } catch (IOException e) {
      throw new UsageError("scenario file '%s': %s".formatted(file, e.getMessage()), e);
    }
  }

  private static String where(Path file, JsonProcessingException e) {
    JsonLocation at = e.getLocation();
    return at == null
        ? file.toString()
        : String.format(Locale.ROOT, "%s, line %d", file, at.getLineNr());
  }
}
