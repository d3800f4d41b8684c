package io.offloadlab.document;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.offloadlab.failure.UsageError;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.Node;

/**
 * A YAML file of keys with values that somebody wrote, at most {@value #MOST_KIB} KiB long.
 *
 * <p>One document, every key once and with a value. Anchors, aliases and merge keys mean what YAML
 * says.
 */
public final class Document {
  private static final int MOST_KIB = 256;
  private static final int MOST_DEPTH = 20;

  private static final Pattern STEPS = Pattern.compile("\\.|(?=\\[)");

  /** Binds without guessing; what is absent is for the target to have a default for. */
  private static final JsonMapper STRICT = StrictJson.mapper().build();

  private final String source;
  private final ObjectNode root;
  private final Map<String, Integer> lines;
  private final Set<String> anchored;

  private Document(
      String source, ObjectNode root, Map<String, Integer> lines, Set<String> anchored) {
    this.source = source;
    this.root = root;
    this.lines = lines;
    this.anchored = anchored;
  }

  /**
   * Reads a file in UTF-8.
   *
   * @throws UsageError if it cannot be read or is not such a document; names file and line
   */
  public static Document read(Path file) {
    try {
      return of(file.toString(), StrictJson.bytes(file, (long) MOST_KIB << 10));
    } catch (NoSuchFileException e) {
      throw new UsageError("there is no file '%s'".formatted(file), e);
    } catch (IOException e) {
      throw new UsageError("'%s' cannot be read: %s".formatted(file, e.getMessage()), e);
    }
  }

  /**
   * Reads what comes with OffloadLab.
   *
   * @param name for messages
   * @param in its bytes; stays open
   */
  public static Document builtIn(String name, InputStream in) {
    try {
      return of(name, in.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException("preset '%s' cannot be read".formatted(name), e);
    }
  }

  private static Document of(String source, byte[] bytes) {
    String text;
    try {
      text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new UsageError("'%s' is not UTF-8: save it as UTF-8".formatted(source), e);
    }
    YamlTree tree = new YamlTree(source);
    JsonNode root = tree.convert(only(source, text), "");
    if (!(root instanceof ObjectNode object)) {
      throw new UsageError(
          "%s, line 1: expected keys with values, such as 'edges: 2', not '%s'"
              .formatted(source, Complaint.shortened(text)));
    }
    return new Document(source, object, tree.lines(), tree.anchored());
  }

  private static Node only(String source, String text) {
    LoaderOptions options = new LoaderOptions();
    options.setNestingDepthLimit(MOST_DEPTH);
    try {
      // Only in the beginning: that is where editors put it.
      String withoutMark = text.startsWith("\uFEFF") ? text.substring(1) : text;
      Iterator<Node> all =
          new Yaml(options).composeAll(new java.io.StringReader(withoutMark)).iterator();
      if (!all.hasNext()) {
        throw new UsageError("'%s' is empty: expected keys with values".formatted(source));
      }
      Node first = all.next();
      if (all.hasNext()) {
        throw new UsageError(
            String.format(
                Locale.ROOT,
                "%s, line %d: a second document begins: write one document",
                source,
                all.next().getStartMark().getLine() + 1));
      }
      return first;
    } catch (MarkedYAMLException e) {
      String line =
          e.getProblemMark() == null ? "" : ", line " + (e.getProblemMark().getLine() + 1);
      throw new UsageError("%s%s: %s".formatted(source, line, e.getProblem()), e);
    } catch (YAMLException e) {
      String why = e.getMessage().lines().findFirst().orElse("not YAML");
      throw new UsageError("%s: %s".formatted(source, why), e);
    }
  }

  /**
   * A value by itself, as it would be written after a key.
   *
   * @throws UsageError if it is no such value
   */
  public static <T> T value(String text, Class<T> type) {
    JsonNode value = new YamlTree("'%s'".formatted(text)).convert(only(text, text), "");
    try {
      return STRICT.readerFor(type).readValue(value);
    } catch (JsonProcessingException e) {
      throw new UsageError("'%s': %s".formatted(text, Complaint.of(e, path -> "")), e);
    } catch (IOException e) {
      throw new UncheckedIOException("a tree in memory has no such faults", e);
    }
  }

  /**
   * The same with other values.
   *
   * @param values by key at the top, as they are written in a file
   * @throws UsageError if one cannot be read
   */
  public Document with(Map<String, String> values) {
    ObjectNode changed = root.deepCopy();
    values.forEach((key, text) -> changed.set(key, value(text, JsonNode.class)));
    return new Document(source, changed, lines, anchored);
  }

  /**
   * The same without keys at the top that are only there to be referred to: those that have an
   * anchor and are not among the known.
   */
  public Document withoutDefinitions(Set<String> known) {
    ObjectNode kept = root.deepCopy();
    anchored.stream().filter(key -> !known.contains(key)).forEach(kept::remove);
    return new Document(source, kept, lines, anchored);
  }

  /** Its keys and values. */
  public ObjectNode root() {
    return root.deepCopy();
  }

  /**
   * An error at a key.
   *
   * @param path such as {@code speed.edges[1]}
   */
  public UsageError at(String path, String why) {
    Integer line = lines.get(path);
    return new UsageError(
        line == null
            ? "%s: %s".formatted(source, why)
            : String.format(Locale.ROOT, "%s, line %d: %s", source, line, why));
  }

  /**
   * Its values as a record's.
   *
   * @throws UsageError if a key is unknown or a value of another type; names file, line, key and
   *     value
   */
  public <T> T as(Class<T> type) {
    return bind(STRICT.readerFor(type), type);
  }

  /** The same for a record of which every value must be there. */
  public <T> T asWhole(Class<T> type) {
    return bind(
        STRICT.readerFor(type).with(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES),
        type);
  }

  private <T> T bind(ObjectReader reader, Class<T> type) {
    try {
      return type.cast(reader.readValue(root));
    } catch (JsonMappingException e) {
      throw at(Complaint.path(e), Complaint.of(e, this::written));
    } catch (JsonProcessingException e) {
      throw at("", Complaint.of(e, this::written));
    } catch (IOException e) {
      throw new UncheckedIOException("a tree in memory has no such faults", e);
    }
  }

  private String written(String path) {
    JsonNode node = root;
    for (String step : STEPS.split(path, 0)) {
      node =
          step.startsWith("[")
              ? node.path(Integer.parseInt(step.substring(1, step.length() - 1)))
              : node.path(step);
    }
    return node.isMissingNode() ? "" : node instanceof TextNode t ? t.textValue() : node.toString();
  }
}
