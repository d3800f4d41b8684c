package io.offloadlab.wire;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.annotation.JsonTypeIdResolver;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.offloadlab.graph.Component;
import io.offloadlab.graph.Layer;
import io.offloadlab.graph.ModelGraph;
import io.offloadlab.graph.Shape;
import io.offloadlab.graph.Stage;
import io.offloadlab.graph.Vertex;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;

/**
 * A component's graph as JSON. How it looks is said here in mix-ins, so that {@code graph} knows no
 * JSON. Reading is bounded by {@link #MAX_BYTES}, and the graph's own constructors check the rest.
 */
final class ComponentJson {
  /** Most bytes of one component; a ResNet's basic block takes about 1 KiB. */
  static final int MAX_BYTES = 256 << 10;

  private static final int MAX_DEPTH = 16;
  private static final int MAX_NUMBER_DIGITS = 40;

  private static final ObjectMapper JSON =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxDocumentLength(MAX_BYTES)
                          .maxNestingDepth(MAX_DEPTH)
                          .maxStringLength(FieldReader.MAX_NAME)
                          .maxNameLength(FieldReader.MAX_NAME)
                          .maxNumberLength(MAX_NUMBER_DIGITS)
                          .build())
                  .build())
          .addMixIn(ModelGraph.class, GraphMixIn.class)
          .addMixIn(Layer.class, LayerMixIn.class)
          .disable(MapperFeature.AUTO_DETECT_IS_GETTERS)
          .build();

  private ComponentJson() {}

  static byte[] write(Component component) {
    try {
      return JSON.writeValueAsBytes(component);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * @throws WireException if it is not a component
   */
  static Component read(byte[] json) {
    try {
      Component component = JSON.readValue(json, Component.class);
      if (component == null || component.graph() == null || component.name() == null) {
        throw new WireException("a component needs a name and a graph");
      }
      if (component.input().rank() > FieldReader.MAX_RANK) {
        throw new WireException(
            String.format(
                Locale.ROOT,
                "a component's input has %d dimensions, more than %d",
                component.input().rank(),
                FieldReader.MAX_RANK));
      }
      return component;
    } catch (JsonProcessingException e) {
      throw new WireException("a component is not valid: " + e.getOriginalMessage());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @JsonPropertyOrder({"name", "input", "vertices", "stages"})
  @JsonAutoDetect(
      getterVisibility = JsonAutoDetect.Visibility.NONE,
      isGetterVisibility = JsonAutoDetect.Visibility.NONE,
      fieldVisibility = JsonAutoDetect.Visibility.NONE)
  @SuppressWarnings("UnusedVariable") // Jackson reads the parameters' annotations.
  private abstract static class GraphMixIn {
    @JsonCreator
    GraphMixIn(
        @JsonProperty(value = "name", required = true) String name,
        @JsonProperty(value = "input", required = true) Shape input,
        @JsonProperty(value = "vertices", required = true) List<Vertex> vertices,
        @JsonProperty(value = "stages", required = true) List<Stage> stages) {}

    @JsonProperty
    abstract String name();

    @JsonProperty
    abstract Shape input();

    @JsonProperty
    abstract List<Vertex> vertices();

    @JsonProperty
    abstract List<Stage> stages();
  }

  @JsonTypeInfo(use = JsonTypeInfo.Id.CUSTOM, property = "type")
  @JsonTypeIdResolver(LayerType.Resolver.class)
  private abstract static class LayerMixIn {}
}
