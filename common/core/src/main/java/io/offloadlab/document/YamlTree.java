package io.offloadlab.document;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.offloadlab.failure.UsageError;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeId;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.resolver.Resolver;

/**
 * SnakeYAML's nodes as Jackson's, with the line of every key. Aliases and merge keys are resolved;
 * plain texts are numbers, {@code true}, {@code false} and nothing else, as YAML 1.2's JSON schema
 * has it: what YAML 1.1 makes of {@code 1:30}, {@code 010} and {@code no} stays text.
 */
final class YamlTree {
  private static final JsonNodeFactory MAKE = JsonNodeFactory.instance;
  private static final Resolver IMPLIED = new Resolver();
  private static final Pattern WHOLE = Pattern.compile("[-+]?(0|[1-9][0-9]{0,40})");
  private static final Pattern DECIMAL =
      Pattern.compile(
          "[-+]?(\\.[0-9]{1,40}|(0|[1-9][0-9]{0,40})(\\.[0-9]{0,40})?)([eE][-+]?[0-9]{1,4})?");

  /** Aliases of aliases can stand for far more than is written. */
  private static final int MOST_NODES = 100_000;

  private final String source;
  private final Map<String, Integer> lines = new HashMap<>();
  private final Set<String> anchored = new HashSet<>();

  /** Lists and mappings that are being converted; an alias to one of them has no end. */
  private final Set<Node> within = Collections.newSetFromMap(new IdentityHashMap<>());

  private int nodes;

  YamlTree(String source) {
    this.source = source;
  }

  /** Line of every path, from 1. */
  Map<String, Integer> lines() {
    return Map.copyOf(lines);
  }

  /** Paths of values that have an anchor, so that aliases can stand for them. */
  Set<String> anchored() {
    return Set.copyOf(anchored);
  }

  /** The tree; paths are as {@link Complaint#path} writes them. */
  JsonNode convert(Node node, String path) {
    lines.putIfAbsent(path, line(node));
    if (node.getAnchor() != null) {
      anchored.add(path);
    }
    if (++nodes > MOST_NODES) {
      throw at(
          node,
          String.format(Locale.ROOT, "its aliases stand for more than %d values", MOST_NODES));
    }
    refuseTag(node);
    if (node instanceof ScalarNode scalar) {
      return scalar(scalar, path);
    }
    enter(node);
    JsonNode tree;
    if (node instanceof MappingNode mapping) {
      ObjectNode object = MAKE.objectNode();
      fill(object, mapping, path, false);
      tree = object;
    } else {
      ArrayNode array = MAKE.arrayNode();
      List<Node> values = ((SequenceNode) node).getValue();
      for (int i = 0; i < values.size(); i++) {
        array.add(convert(values.get(i), path + "[" + i + "]"));
      }
      tree = array;
    }
    within.remove(node);
    return tree;
  }

  private void enter(Node node) {
    if (!within.add(node)) {
      throw at(node, "'&%s' holds itself: take its alias out of it".formatted(node.getAnchor()));
    }
  }

  /** Nothing is passed over: what a tag asks for is not done, so that it may not be there. */
  private void refuseTag(Node node) {
    Tag implied =
        node instanceof ScalarNode s
            ? IMPLIED.resolve(NodeId.scalar, s.getValue(), s.getScalarStyle() == ScalarStyle.PLAIN)
            : node instanceof MappingNode ? Tag.MAP : Tag.SEQ;
    if (!node.getTag().equals(implied)) {
      String tag = node.getTag().getValue().replace(Tag.PREFIX, "!!");
      throw at(node, "the tag '%s' is not supported: leave it out".formatted(tag));
    }
  }

  /**
   * @param merged whether the keys come by a merge key, and give way to those that are there
   */
  private void fill(ObjectNode object, MappingNode mapping, String path, boolean merged) {
    Map<String, Integer> seen = new HashMap<>();
    for (NodeTuple tuple : mapping.getValue()) {
      if (!isMerge(tuple)) {
        String key = key(tuple.getKeyNode());
        Integer before = seen.putIfAbsent(key, line(tuple.getKeyNode()));
        if (before != null) {
          throw at(
              tuple.getKeyNode(),
              String.format(
                  Locale.ROOT, "key '%s' is there already in line %d: leave one out", key, before));
        }
        if (!merged || !object.has(key)) {
          String at = path.isEmpty() ? key : path + "." + key;
          lines.put(at, line(tuple.getKeyNode()));
          object.set(key, convert(tuple.getValueNode(), at));
        }
      }
    }
    for (NodeTuple tuple : mapping.getValue()) {
      if (isMerge(tuple)) {
        List<Node> from =
            tuple.getValueNode() instanceof SequenceNode s
                ? s.getValue()
                : List.of(tuple.getValueNode());
        for (Node one : from) {
          if (!(one instanceof MappingNode m) || ++nodes > MOST_NODES) {
            throw at(tuple.getKeyNode(), "'<<' merges keys with values, such as '<<: *base'");
          }
          enter(m);
          fill(object, m, path, true);
          within.remove(m);
        }
      }
    }
  }

  private static boolean isMerge(NodeTuple tuple) {
    return tuple.getKeyNode() instanceof ScalarNode s
        && s.getValue().equals("<<")
        && s.getScalarStyle() == ScalarStyle.PLAIN;
  }

  private String key(Node node) {
    if (node instanceof ScalarNode s) {
      return s.getValue();
    }
    throw at(node, "a key is a word, not a list or keys with values");
  }

  private JsonNode scalar(ScalarNode node, String path) {
    String text = node.getValue();
    if (node.getScalarStyle() != ScalarStyle.PLAIN) {
      return MAKE.textNode(text);
    }
    return switch (text) {
      case "", "~", "null", "Null", "NULL" ->
          throw at(
              node,
              path.isEmpty()
                  ? "it is empty"
                  : "key '%s' has no value: give it one, or leave it out".formatted(path));
      case "true", "True", "TRUE" -> MAKE.booleanNode(true);
      case "false", "False", "FALSE" -> MAKE.booleanNode(false);
      default -> number(text);
    };
  }

  private static JsonNode number(String text) {
    if (WHOLE.matcher(text).matches()) {
      BigInteger whole = new BigInteger(text);
      return whole.bitLength() < Integer.SIZE
          ? MAKE.numberNode(whole.intValue())
          : whole.bitLength() < Long.SIZE
              ? MAKE.numberNode(whole.longValue())
              : MAKE.numberNode(whole);
    }
    if (DECIMAL.matcher(text).matches()) {
      double value = Double.parseDouble(text);
      return Double.isInfinite(value)
          ? MAKE.numberNode(new BigDecimal(text))
          : MAKE.numberNode(value);
    }
    return MAKE.textNode(text);
  }

  private static int line(Node node) {
    return node.getStartMark().getLine() + 1;
  }

  private UsageError at(Node node, String why) {
    return new UsageError(String.format(Locale.ROOT, "%s, line %d: %s", source, line(node), why));
  }
}
