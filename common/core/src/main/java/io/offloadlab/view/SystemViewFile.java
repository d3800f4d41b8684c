package io.offloadlab.view;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.cfg.MutableConfigOverride;
import com.fasterxml.jackson.databind.introspect.AnnotatedMember;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.util.StdConverter;
import io.offloadlab.document.StrictJson;
import io.offloadlab.failure.RunFailure;
import io.offloadlab.failure.UsageError;
import io.offloadlab.files.Reasons;
import io.offloadlab.files.WholeFile;
import io.offloadlab.strategy.Inference;
import io.offloadlab.strategy.LinkSpec;
import io.offloadlab.strategy.SystemView;
import io.offloadlab.strategy.SystemView.LinkView;
import io.offloadlab.strategy.SystemView.NodeView;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A {@link SystemView} as a JSON file whose fields are the record's, with where it came from beside
 * them:
 *
 * <pre>
 * {"measured": "2026-01-01T12:00:00Z", "machine": "…",
 *  "under": {"speedFactors": […], "links": […]},
 *  "view": {"batch": 1, "nodes": […], "links": […]}}
 * </pre>
 *
 * A run's {@code run.json} can be read in its place: its scenario says what was emulated.
 */
public final class SystemViewFile {
  private static final ObjectMapper JSON =
      StrictJson.mapper()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
          .annotationIntrospector(new AllButAvailable())
          .addMixIn(NodeView.class, AsNode.class)
          .withConfigOverride(Map.class, SystemViewFile::notNull)
          .withConfigOverride(List.class, SystemViewFile::notNull)
          .withConfigOverride(String.class, SystemViewFile::notNull)
          .build();

  /** Seconds; far above what anybody waits for, and sums of it stay what numbers can hold. */
  private static final double LONGEST = 1e6;

  /** As many cores as a node may say that it has. */
  private static final int MOST_THREADS = 1 << 16;

  /** Bytes/s and operations/s; below it, one task takes longer than the longest. */
  private static final double SLOWEST = 1e-3;

  /** Views of a thousand edges take some megabytes. */
  private static final int MOST_BYTES = 256 << 20;

  private SystemViewFile() {}

  private static void notNull(MutableConfigOverride type) {
    type.setSetterInfo(JsonSetter.Value.forValueNulls(Nulls.FAIL));
  }

  private record Written(String measured, String machine, Emulation under, SystemView view) {}

  /** What is read of a view's file, and of a run's. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  private record Content(Emulation under, RunScenario scenario, SystemView view) {
    Optional<Emulation> emulated() {
      return Optional.ofNullable(under)
          .or(() -> Optional.ofNullable(scenario).map(RunScenario::of));
    }
  }

  @JsonIgnoreProperties(ignoreUnknown = true)
  private record RunScenario(List<RunNode> nodes, List<LinkSpec> links) {
    Emulation of() {
      return new Emulation(nodes.stream().map(RunNode::speedFactor).toList(), links);
    }
  }

  @JsonIgnoreProperties(ignoreUnknown = true)
  private record RunNode(double speedFactor) {}

  /** Every value must be there, but whether a node is available, and one source of emulation. */
  private static final class AllButAvailable extends JacksonAnnotationIntrospector {
    private static final long serialVersionUID = 1;

    @Override
    public Boolean hasRequiredMarker(AnnotatedMember m) {
      return m.getRawType() != Boolean.class
          && m.getRawType() != Inference.class
          && m.getDeclaringClass() != Content.class;
    }
  }

  /** Says that a node is read as {@link Node}. */
  @JsonDeserialize(converter = Node.ToView.class)
  private interface AsNode {}

  /**
   * A node in a file. Files from before nodes could be gone say nothing of {@code available}, and
   * how many tasks waited; those from before components ran together nothing of {@code inference}.
   */
  @JsonIgnoreProperties("queueLength")
  private record Node(
      String name,
      double flopsPerSecond,
      int cores,
      long memoryBytes,
      Map<String, Double> componentSeconds,
      Boolean available,
      Inference inference) {
    private static final class ToView extends StdConverter<Node, NodeView> {
      @Override
      public NodeView convert(Node n) {
        return new NodeView(
            n.name,
            n.flopsPerSecond,
            n.cores,
            n.memoryBytes,
            n.componentSeconds,
            n.available == null || n.available,
            n.inference == null ? Inference.UNKNOWN : n.inference);
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
  public static void write(Path file, MeasuredView view, String measured, String machine) {
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      WholeFile.write(
          file,
          JSON.writeValueAsBytes(
              new Written(measured, machine, view.under().orElse(null), view.view())));
    } catch (IOException e) {
      throw new RunFailure("cannot write the system view %s: %s".formatted(file, Reasons.of(e)), e);
    }
  }

  /**
   * Reads a view's file, or a run's.
   *
   * @throws UsageError if the file is missing, is not a view, or has a value that no measurement
   *     gives
   */
  public static MeasuredView read(Path file) {
    try {
      Content content = JSON.readValue(StrictJson.bytes(file, MOST_BYTES), Content.class);
      if (content == null || content.view() == null) {
        throw bad(file, "there is no 'view'", null);
      }
      check(file, content.view());
      return new MeasuredView(content.view(), emulation(file, content));
    } catch (NoSuchFileException e) {
      throw new UsageError(
          "there is no system view %s: a run without --view measures one".formatted(file), e);
    } catch (JsonProcessingException e) {
      throw bad(file, StrictJson.explain(e), e);
    } catch (IOException e) {
      throw new UsageError("system view %s cannot be read: %s".formatted(file, Reasons.of(e)), e);
    }
  }

  private static Optional<Emulation> emulation(Path file, Content content) {
    Optional<Emulation> under;
    try {
      under = content.emulated();
    } catch (IllegalArgumentException e) {
      throw bad(file, "'scenario': " + e.getMessage(), e);
    }
    if (under.isPresent() && under.get().edges() != content.view().links().size()) {
      throw bad(
          file,
          String.format(
              Locale.ROOT,
              "its view has %d edges but it was measured under %d",
              content.view().links().size(),
              under.get().edges()),
          null);
    }
    return under;
  }

  private static void check(Path file, SystemView view) {
    positive(file, "batch", view.batch());
    if (view.links().isEmpty()) {
      throw bad(file, "it has no edges", null);
    }
    for (NodeView node : view.nodes()) {
      finite(file, "flopsPerSecond of '%s'".formatted(node.name()), node.flopsPerSecond());
      positive(file, "cores of '%s'".formatted(node.name()), node.cores());
      positive(file, "memoryBytes of '%s'".formatted(node.name()), (double) node.memoryBytes());
      for (Map.Entry<String, Double> c : node.componentSeconds().entrySet()) {
        String what = "'%s' on '%s'".formatted(c.getKey(), node.name());
        positive(file, what, c.getValue());
        seconds(file, what, c.getValue());
      }
      check(file, node);
    }
    for (LinkView link : view.links()) {
      fast(file, "upBytesPerSecond of a link", link.upBytesPerSecond());
      fast(file, "downBytesPerSecond of a link", link.downBytesPerSecond());
      seconds(file, "rttSeconds of a link", link.rttSeconds());
    }
    if (!view.nodes().get(0).available()) {
      throw bad(file, "the cloud is not available", null);
    }
  }

  private static void check(Path file, NodeView node) {
    Inference inference = node.inference();
    inference
        .joints()
        .forEach(
            (bytes, saved) ->
                seconds(
                    file, "the joint of %s bytes on '%s'".formatted(bytes, node.name()), saved));
    for (double slowdown : inference.slowdown()) {
      finite(file, "slowdown of '%s'".formatted(node.name()), slowdown);
    }
    inference
        .ways()
        .forEach(
            (program, way) -> {
              String what = "threads of '%s' on '%s'".formatted(program, node.name());
              positive(file, what, way.threads());
              if (way.threads() > MOST_THREADS) {
                throw bad(
                    file,
                    String.format(
                        Locale.ROOT, "%s is %d, over %d", what, way.threads(), MOST_THREADS),
                    null);
              }
            });
  }

  private static void finite(Path file, String what, double value) {
    fast(file, what, value);
    if (Double.isInfinite(value)) {
      throw bad(file, "%s is %s, not finite".formatted(what, value), null);
    }
  }

  private static void fast(Path file, String what, double value) {
    positive(file, what, value);
    if (value < SLOWEST) {
      throw bad(file, "%s is %s, not %s or more".formatted(what, value, SLOWEST), null);
    }
  }

  private static void seconds(Path file, String what, double value) {
    if (Double.isInfinite(value)) {
      throw bad(file, "%s is %s, not finite".formatted(what, value), null);
    }
    if (!(value >= 0 && value <= LONGEST)) {
      throw bad(file, "%s is %s s, not in 0..%s".formatted(what, value, LONGEST), null);
    }
  }

  private static void positive(Path file, String what, double value) {
    if (!(value > 0)) {
      throw bad(file, "%s is %s, not positive".formatted(what, value), null);
    }
  }

  private static UsageError bad(Path file, String why, Exception cause) {
    return new UsageError(
        "system view %s is not valid (%s): measure it again with a run without --view"
            .formatted(file, why),
        cause);
  }
}
