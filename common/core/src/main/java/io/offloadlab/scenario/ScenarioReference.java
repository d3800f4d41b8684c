package io.offloadlab.scenario;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.offloadlab.strategy.LinkSpec;
import java.util.Locale;
import java.util.stream.Collectors;

/** What can be written in a scenario file: the tables of the reference, and the JSON schema. */
public final class ScenarioReference {
  private ScenarioReference() {}

  /** A row per key, as a Markdown table. */
  public static String keys() {
    return "| key | value | unit | default | option | meaning |\n| --- | --- | --- | --- | --- | --- |\n"
        + ScenarioKeys.ALL.stream()
            .map(
                k ->
                    "| `%s` | %s | %s | %s | %s | %s |\n"
                        .formatted(
                            k.path(),
                            k.value().words(),
                            k.unit(),
                            k.byDefault(),
                            k.option().isEmpty() ? "" : "`%s`".formatted(k.option()),
                            k.docs()))
            .collect(Collectors.joining());
  }

  /** A row per link preset, with sources, as a Markdown table. */
  public static String links() {
    return "| preset | Mbit/s each way | round trip ms | round trip from |\n| --- | ---: | ---: | --- |\n"
        + LinkPreset.ALL.stream().map(ScenarioReference::row).collect(Collectors.joining());
  }

  private static String row(LinkPreset p) {
    LinkSpec link = p.link();
    return String.format(
        Locale.ROOT,
        "| `%s` | %s | %s | %s |\n",
        p.name(),
        Double.isInfinite(link.upBytesPerSecond())
            ? "-"
            : String.format(Locale.ROOT, "%.2f", link.upBytesPerSecond() * 8 / 1e6),
        link.rttSeconds() == 0 ? "-" : String.format(Locale.ROOT, "%.0f", link.rttSeconds() * 1e3),
        p.rttSource());
  }

  /** A JSON schema (2020-12), which editors check YAML files with, too. */
  public static String schema() {
    ObjectNode schema = object();
    schema.put("$schema", "https://json-schema.org/draft/2020-12/schema");
    schema.put("title", "OffloadLab scenario");
    ObjectNode top = close(schema);
    for (ScenarioKey key : ScenarioKeys.ALL) {
      String[] path = key.path().split("\\.", -1);
      ObjectNode in = top;
      if (path.length > 1) {
        ObjectNode group = in.withObjectProperty(path[0]);
        in = group.has("properties") ? (ObjectNode) group.get("properties") : close(group);
      }
      ObjectNode own = in.putObject(path[path.length - 1]);
      own.put("description", key.docs() + (key.unit().isEmpty() ? "" : "; " + key.unit()));
      key.value().schema(own);
    }
    return schema.toPrettyString() + "\n";
  }

  private static ObjectNode object() {
    return JsonMapper.builder().build().createObjectNode();
  }

  /** Of an object with no keys but those that are returned, to be filled. */
  private static ObjectNode close(ObjectNode schema) {
    schema.put("type", "object");
    schema.put("additionalProperties", false);
    return schema.putObject("properties");
  }
}
