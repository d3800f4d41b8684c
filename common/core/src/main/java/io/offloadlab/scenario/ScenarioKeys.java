package io.offloadlab.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import io.offloadlab.document.Document;
import io.offloadlab.failure.UsageError;
import io.offloadlab.scenario.ScenarioKey.Decimal;
import io.offloadlab.scenario.ScenarioKey.PerEdge;
import io.offloadlab.scenario.ScenarioKey.Text;
import io.offloadlab.scenario.ScenarioKey.Value;
import io.offloadlab.scenario.ScenarioKey.Whole;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Every key of a scenario file. */
final class ScenarioKeys {
  /** Each takes some 2 KiB in the files of a run, and memory before anything runs. */
  static final int MOST_EDGES = 10_000;

  /** More images than data sets have; a batch is refused as soon as the data set is known. */
  static final int MOST_BATCH = 1_000_000;

  private static final Value LINK =
      new Text(
          "a link: %s, RATE or UP/DOWN@RTT such as 8Mbit/20Mbit@15ms"
              .formatted(String.join(", ", LinkText.presetNames())),
          LinkText.SCHEMA,
          LinkText::parse);

  private static final Value BUDGET =
      new Text(
          "a memory budget: 25% (of the model), 8MiB or unlimited",
          MemoryText.SCHEMA, text -> MemoryText.parse(text, 1));

  private static final Value SPEED = new Decimal(false, 1);

  private static final Value WATTS = new Decimal(true, 100_000);

  private static final Value NANOJOULES = new Decimal(true, 1_000_000);

  static final List<ScenarioKey> ALL =
      List.of(
          new ScenarioKey(
              "name",
              new Text(
                  "a name, in quotes where it is a number",
                  ".*\\S.*",
                  text -> {
                    if (text.isBlank()) {
                      throw new IllegalArgumentException("a name is not empty");
                    }
                  }),
              "",
              "the file's name",
              "",
              "what tables and reports call it"),
          new ScenarioKey(
              "network",
              new Text(
                  "a network, as FAMILY@SIDE or FAMILY/WIDTH@SIDE",
                  NetworkText.SCHEMA,
                  NetworkText::parse),
              "pixels",
              "the trained model that the command names",
              "",
              "a network with random weights and generated images instead: latency only"),
          new ScenarioKey(
              "source",
              new Text("cloud or edge", "cloud|edge", ScenarioDraft::checkSource),
              "",
              "cloud",
              "--source",
              "where tasks arise and predictions go"),
          new ScenarioKey(
              "edges",
              new Whole(1, MOST_EDGES),
              "",
              String.valueOf(ScenarioDraft.USUAL_EDGES),
              "--edges",
              "number of edges"),
          new ScenarioKey(
              "link",
              new PerEdge(LINK),
              "bit/s or byte/s, ms",
              "loopback",
              "--link",
              "emulated link between an edge and the cloud"),
          new ScenarioKey(
              "changes",
              new PerEdge(
                  new Text(
                      "none, mobility, a file ending in .csv, or steps such as '20s x0.1, 40s x1' or '20s 4g, 1min wifi'",
                      ChangesText.SCHEMA,
                      ChangesText::check)),
              "ms, s or min since the start of the stream",
              "none",
              "--changes",
              "how that link changes over time"),
          new ScenarioKey(
              "speed.cloud",
              SPEED,
              "of the machine's own",
              "1",
              "",
              "speed of the cloud; 0.25 takes four times as long"),
          new ScenarioKey(
              "speed.edges",
              new PerEdge(SPEED),
              "of the machine's own",
              "1",
              "--edge-speed",
              "speed of the edges"),
          new ScenarioKey(
              "memory.cloud",
              BUDGET,
              "% of the model's float32 parameters, KiB, MiB or GiB",
              "unlimited",
              "--memory-cloud",
              "most parameters that the cloud may hold"),
          new ScenarioKey(
              "memory.edges",
              new PerEdge(BUDGET),
              "as `memory.cloud`",
              "unlimited",
              "--memory-edge",
              "most parameters that an edge may hold"),
          new ScenarioKey(
              "arrivals",
              new Text(
                  "sequential, 'sequential K', 'poisson RATE' or 'bernoulli P per SLOT'",
                  ArrivalsText.SCHEMA,
                  ArrivalsText::parse),
              "tasks/s over all edges; ms or s",
              "sequential",
              "--arrivals",
              "when tasks arrive: one after the other, with K of them in flight, or as a random process"),
          new ScenarioKey(
              "batch", new Whole(1, MOST_BATCH), "images", "1", "--batch", "images per task"),
          new ScenarioKey(
              "accuracy", new Decimal(true, 1), "", "0", "--acc", "least accuracy over the stream"),
          new ScenarioKey(
              "seed",
              new Whole(Long.MIN_VALUE, Long.MAX_VALUE),
              "",
              "1",
              "--seed",
              "drives every random choice"),
          new ScenarioKey(
              "power.idle", WATTS, "W", "2.7", "", "drawn by a device that waits (Raspberry Pi 4)"),
          new ScenarioKey(
              "power.compute",
              WATTS,
              "W",
              "6.4",
              "",
              "drawn by a device that computes, the idle power included (Raspberry Pi 4)"),
          new ScenarioKey(
              "power.radio",
              WATTS,
              "W",
              "0.13286",
              "",
              "drawn besides while its radio is on (Huang et al., MobiSys 2012, Wi-Fi; LTE 1.288, 3G 0.818)"),
          new ScenarioKey(
              "power.send",
              NANOJOULES,
              "nJ/bit",
              "283.17",
              "",
              "for what it sends (the same; LTE 438.39, 3G 868.98)"),
          new ScenarioKey(
              "power.receive",
              NANOJOULES,
              "nJ/bit",
              "137.01",
              "",
              "for what it receives (the same; LTE 51.97, 3G 122.12)"),
          new ScenarioKey(
              "power.cloud",
              WATTS,
              "W",
              "80",
              "",
              "drawn by the cloud while it computes (Intel Xeon E-2278G, thermal design power)"));

  private ScenarioKeys() {}

  /**
   * The draft in a document.
   *
   * @throws UsageError for the first key that is unknown or whose value is out of range
   */
  static ScenarioDraft draft(Document document) {
    Set<String> atTop =
        ALL.stream().map(k -> k.path().split("\\.", -1)[0]).collect(Collectors.toSet());
    Document own = document.withoutDefinitions(atTop);
    check(own, own.root(), "");
    return own.as(ScenarioDraft.class);
  }

  private static void check(Document document, JsonNode node, String prefix) {
    node.properties()
        .forEach(
            e -> {
              String path = prefix + e.getKey();
              Optional<ScenarioKey> key =
                  ALL.stream().filter(k -> k.path().equals(path)).findFirst();
              if (key.isPresent()) {
                checkValue(document, key.get(), e.getValue());
              } else if (ALL.stream().noneMatch(k -> k.path().startsWith(path + "."))) {
                throw document.at(path, UsageError.unknown("key", path, names()).getMessage());
              } else if (e.getValue().isObject()) {
                check(document, e.getValue(), path + ".");
              } else {
                throw document.at(
                    path,
                    "%s is %s: expected keys with values, such as {cloud: ..., edges: ...}"
                        .formatted(path, written(e.getValue())));
              }
            });
  }

  private static void checkValue(Document document, ScenarioKey key, JsonNode value) {
    String why = "expected " + key.value().words();
    try {
      if (key.value().accepts(value)) {
        return;
      }
    } catch (IllegalArgumentException | UsageError e) {
      why = e.getMessage();
    }
    throw document.at(key.path(), "%s is %s: %s".formatted(key.path(), written(value), why));
  }

  private static String written(JsonNode value) {
    String text = value.isTextual() ? "'" + value.textValue() + "'" : value.toString();
    int most = 60;
    return text.length() <= most ? text : text.substring(0, most) + "...";
  }

  private static List<String> names() {
    List<String> names = new ArrayList<>();
    ALL.forEach(k -> names.add(k.path()));
    return names;
  }
}
