package io.offloadlab.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import io.offloadlab.document.Document;
import io.offloadlab.failure.UsageError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code docs/scenarios.md} and {@code docs/scenario.schema.json} are what the code says. */
class ScenarioReferenceTest {
  private static final Path DOCS = Path.of("../../docs");
  private static final JsonSchema SCHEMA =
      JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
          .getSchema(ScenarioReference.schema());

  @TempDir Path folder;

  @Test
  @DisplayName("the page's tables are the declared ones, to be copied from the failure")
  void page_keysAndLinks_areThoseOfTheCode() throws IOException {
    assertThat(Files.readString(DOCS.resolve("scenarios.md")))
        .contains(ScenarioReference.keys())
        .contains(ScenarioReference.links());
  }

  @Test
  void schema_inTheDocs_isThatOfTheCode() throws IOException {
    assertThat(Files.readString(DOCS.resolve("scenario.schema.json")))
        .isEqualTo(ScenarioReference.schema());
  }

  @ParameterizedTest
  @MethodSource("io.offloadlab.scenario.ScenarioFiles#presetNames")
  void schema_everyPreset_isValid(String preset) throws IOException {
    try (var in = ScenarioFiles.class.getResourceAsStream(preset + ".yaml")) {
      ObjectNode tree = Document.builtIn(preset, in).root();

      assertThat(SCHEMA.validate(tree.toString(), InputFormat.JSON)).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "edges: 2.9",
        "edges: 0",
        "edges: 1000000000",
        "edges: two",
        "edges: \"2\"",
        "batch: \"\"",
        "batch: 2147483648",
        "batch: true",
        "accuracy: 1.5",
        "accuracy: high",
        "accuracy: .nan",
        "speed: {cloud: 0}",
        "speed: {edges: [0.5, 2]}",
        "speed: {edges: []}",
        "speed: 0.5",
        "speed: {edge: 0.5}",
        "memory: {cloud: 5}",
        "memory: {cloud: much}",
        "link: 5",
        "link: {up: 5}",
        "link: wfi",
        "arrivals: poisson",
        "source: fog",
        "name: \"\"",
        "name: 2024",
        "seed: 1.5",
        "seed: 99999999999999999999",
        "egdes: 2"
      })
  @DisplayName("what the schema refuses, reading refuses, naming file, line, key and value")
  void schemaAndReader_wrongValue_bothRefuse(String line) throws IOException {
    Path file = Files.writeString(folder.resolve("s.yaml"), "# first\n" + line + "\n");
    String key = line.substring(0, line.indexOf(':'));

    assertThat(SCHEMA.validate(Document.read(file).root().toString(), InputFormat.JSON))
        .isNotEmpty();
    assertThatThrownBy(() -> ScenarioFiles.read(file.toString()))
        .isInstanceOf(UsageError.class)
        .hasMessageContaining("s.yaml, line 2: ")
        .hasMessageContaining(key)
        .satisfies(e -> assertThat(e.getMessage().lines()).hasSize(1))
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("java.", "jackson"));
  }
}
