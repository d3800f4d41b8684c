package io.offloadlab.view;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.introspect.AnnotatedMember;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.util.StdConverter;
import io.offloadlab.failure.RunFailure;
import io.offloadlab.files.WholeFile;
import io.offloadlab.strategy.SystemView;
import io.offloadlab.strategy.SystemView.LinkView;
import io.offloadlab.strategy.SystemView.NodeView;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;

/**
 * A {@link SystemView} as a JSON file whose fields are the record's, with where it came from beside
 * them:
 *
 * <pre>
 * {"measured": "2026-01-01T12:00:00Z", "machine": "…", "view": {"batch": 1, "nodes": […], "links": […]}}
 * </pre>
 */
public final class SystemViewFile {
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .annotationIntrospector(new AllButAvailable())
          .addMixIn(NodeView.class, AsNode.class)
          .build();

  private SystemViewFile() {}

  private record Content(String measured, String machine, SystemView view) {}

  /** Every value must be there, but whether a node is available. */
  private static final class AllButAvailable extends JacksonAnnotationIntrospector {
    private static final long serialVersionUID = 1;

    @Override
    public Boolean hasRequiredMarker(AnnotatedMember m) {
      return m.getRawType() != Boolean.class;
    }
  }

  /** Says that a node is read as {@link Node}. */
  @JsonDeserialize(converter = Node.ToView.class)
  private interface AsNode {}

  /**
   * A node in a file. Files from before nodes could be gone say nothing of {@code available}, and
   * how many tasks waited.
   */
  @JsonIgnoreProperties("queueLength")
  private record Node(
      String name,
      double flopsPerSecond,
      int cores,
      long memoryBytes,
      Map<String, Double> componentSeconds,
      Boolean available) {
    private static final class ToView extends StdConverter<Node, NodeView> {
      @Override
      public NodeView convert(Node n) {
        return new NodeView(
            n.name,
            n.flopsPerSecond,
            n.cores,
            n.memoryBytes,
            n.componentSeconds,
            n.available == null || n.available);
      }
    }
  }

  /**
   * Writes a view; the file is complete or not there.
   *
   * @param measured when, ISO 8601
   * @param machine where
   * @throws RunFailure if it cannot be written
   */
  public static void write(Path file, SystemView view, String measured, String machine) {
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      WholeFile.write(file, JSON.writeValueAsBytes(new Content(measured, machine, view)));
    } catch (IOException e) {
      throw new RunFailure("cannot write the system view %s: %s".formatted(file, e), e);
    }
  }

  /**
   * Reads a view.
   *
   * @throws RunFailure if the file is missing, is not a view, or has a value that no measurement
   *     gives
   */
  public static SystemView read(Path file) {
    try {
      Content content = JSON.readValue(Files.readAllBytes(file), Content.class);
      if (content == null || content.view() == null) {
        throw bad(file, "there is no 'view'");
      }
      check(file, content.view());
      return content.view();
    } catch (NoSuchFileException e) {
      throw new RunFailure(
          "there is no system view %s: a run without --view measures one".formatted(file), e);
    } catch (JsonProcessingException e) {
      String where =
          e.getLocation() == null
              ? ""
              : String.format(Locale.ROOT, "line %d: ", e.getLocation().getLineNr());
      throw bad(file, where + e.getOriginalMessage().lines().findFirst().orElse("not JSON"));
    } catch (IOException e) {
      throw new RunFailure("cannot read the system view %s: %s".formatted(file, e), e);
    }
  }

  private static void check(Path file, SystemView view) {
    positive(file, "batch", view.batch());
    for (NodeView node : view.nodes()) {
      positive(file, "flopsPerSecond of '%s'".formatted(node.name()), node.flopsPerSecond());
      positive(file, "cores of '%s'".formatted(node.name()), node.cores());
      for (Map.Entry<String, Double> c : node.componentSeconds().entrySet()) {
        positive(file, "'%s' on '%s'".formatted(c.getKey(), node.name()), c.getValue());
      }
    }
    for (LinkView link : view.links()) {
      positive(file, "upBytesPerSecond of a link", link.upBytesPerSecond());
      positive(file, "downBytesPerSecond of a link", link.downBytesPerSecond());
      if (!(link.rttSeconds() >= 0)) {
        throw bad(file, "rttSeconds of a link is %s, not 0 or more".formatted(link.rttSeconds()));
      }
    }
  }

  private static void positive(Path file, String what, double value) {
    if (!(value > 0)) {
      throw bad(file, "%s is %s, not positive".formatted(what, value));
    }
  }

  private static RunFailure bad(Path file, String why) {
    return new RunFailure(
        "system view %s is not valid (%s): measure it again with a run without --view"
            .formatted(file, why));
  }
}
