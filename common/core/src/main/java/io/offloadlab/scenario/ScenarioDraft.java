package io.offloadlab.scenario;

import static com.fasterxml.jackson.annotation.JsonInclude.Include.NON_NULL;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonFormat.Feature;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.offloadlab.failure.UsageError;
import io.offloadlab.strategy.Arrivals;
import io.offloadlab.strategy.LinkChanges;
import io.offloadlab.strategy.LinkSpec;
import io.offloadlab.strategy.Power;
import io.offloadlab.strategy.Scenario;
import io.offloadlab.strategy.Scenario.NodeSpec;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/**
 * A scenario as it is written, every value optional: the form of the YAML files and of what the
 * command line overrides. Lists are per edge; one value stands for all edges.
 *
 * @param name of the scenario
 * @param network one with random weights in place of a trained model, see {@link NetworkText}
 * @param source where tasks arise: the word cloud or the word edge
 * @param edges number of edges; 2 by default
 * @param link see {@link LinkText}
 * @param changes of the link over time, see {@link ChangesText}
 * @param speed factor per node, 1 for the machine's own speed
 * @param memory budgets, see {@link MemoryText}
 * @param arrivals see {@link ArrivalsText}
 * @param batch images per task
 * @param accuracy least accuracy over the stream, in 0..1
 * @param seed drives every random choice
 * @param power what nodes draw
 */
public record ScenarioDraft(
    String name,
    String network,
    String source,
    Integer edges,
    @JsonFormat(with = Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY) List<String> link,
    @JsonFormat(with = Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY) List<String> changes,
    Speed speed,
    Memory memory,
    String arrivals,
    Integer batch,
    Double accuracy,
    Long seed,
    Watts power) {

  static final int USUAL_EDGES = 2;

  /** What is not written does not override, and an edge's values are not added to another's. */
  private static final JsonMapper OVERRIDING =
      JsonMapper.builder()
          .defaultPropertyInclusion(JsonInclude.Value.construct(NON_NULL, NON_NULL))
          .withConfigOverride(ArrayNode.class, arrays -> arrays.setMergeable(false))
          .build();

  /** Speed factors: of the cloud, of the edges. */
  public record Speed(
      Double cloud, @JsonFormat(with = Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY) List<Double> edges) {
    static final Speed NONE = new Speed(null, null);
  }

  /** Memory budgets: of the cloud, of the edges. */
  public record Memory(
      String cloud, @JsonFormat(with = Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY) List<String> edges) {
    static final Memory NONE = new Memory(null, null);
  }

  /** What nodes draw, see {@link Power}. */
  public record Watts(
      Double idle, Double compute, Double radio, Double send, Double receive, Double cloud) {
    static final Watts NONE = new Watts(null, null, null, null, null, null);

    Power power() {
      Power usual = Power.RASPBERRY_PI_ON_WIFI;
      return new Power(
          or(idle, usual.idleWatts()),
          or(compute, usual.computeWatts()),
          or(radio, usual.radioWatts()),
          or(send, usual.sendNanojoules()),
          or(receive, usual.receiveNanojoules()),
          or(cloud, usual.cloudWatts()));
    }
  }

  /** A draft that says nothing of power. */
  public ScenarioDraft(
      String name,
      String network,
      String source,
      Integer edges,
      List<String> link,
      List<String> changes,
      Speed speed,
      Memory memory,
      String arrivals,
      Integer batch,
      Double accuracy,
      Long seed) {
    this(
        name, network, source, edges, link, changes, speed, memory, arrivals, batch, accuracy, seed,
        null);
  }

  /** Another draft's values where it has them, else these; a list replaces a list. */
  public ScenarioDraft overriddenBy(ScenarioDraft over) {
    try {
      JsonNode both = OVERRIDING.valueToTree(this);
      both = OVERRIDING.readerForUpdating(both).readValue(OVERRIDING.<JsonNode>valueToTree(over));
      return OVERRIDING.treeToValue(both, ScenarioDraft.class);
    } catch (IOException e) {
      throw new IllegalStateException("a draft is made of what drafts are made of", e);
    }
  }

  /**
   * A draft of nothing but what is emulated.
   *
   * @param name null for none
   * @param speedFactors of the nodes, the cloud's first
   * @param links of the edges
   */
  public static ScenarioDraft emulating(
      String name, List<Double> speedFactors, List<LinkSpec> links) {
    return new ScenarioDraft(
        name,
        null,
        null,
        links.size(),
        links.stream().map(LinkText::write).toList(),
        null,
        new Speed(speedFactors.get(0), speedFactors.subList(1, speedFactors.size())),
        null,
        null,
        null,
        null,
        null);
  }

  /** The same under another name. */
  ScenarioDraft named(String other) {
    return new ScenarioDraft(
        other, network, source, edges, link, changes, speed, memory, arrivals, batch, accuracy,
        seed, power);
  }

  /** Number of edges, as written or by default. */
  public int edgeCount() {
    return or(edges, USUAL_EDGES);
  }

  /**
   * When tasks arrive, as written or by default.
   *
   * @throws UsageError if that is not understood
   */
  public Arrivals arrivalProcess() {
    try {
      return ArrivalsText.parse(or(arrivals, "sequential"));
    } catch (IllegalArgumentException e) {
      throw new UsageError("scenario '%s': %s".formatted(name, e.getMessage()), e);
    }
  }

  /**
   * The scenario that strategies are given.
   *
   * @param modelBytes bytes of the original model's parameters, which a budget in percent refers to
   * @throws UsageError if a value is missing, not understood or out of range
   */
  public Scenario toScenario(long modelBytes) {
    int count = edgeCount();
    if (count < 1 || count > ScenarioKeys.MOST_EDGES) {
      throw new UsageError(
          String.format(
              Locale.ROOT, "a scenario has 1 to %d edges, not %d", ScenarioKeys.MOST_EDGES, count));
    }
    Speed s = or(speed, Speed.NONE);
    Memory m = or(memory, Memory.NONE);
    try {
      List<Double> speeds = perEdge("speed.edges", or(s.edges, List.of(1.0)));
      List<String> budgets = perEdge("memory.edges", or(m.edges, List.of("unlimited")));
      List<NodeSpec> nodes = new ArrayList<>();
      nodes.add(
          new NodeSpec(or(s.cloud, 1.0), MemoryText.parse(or(m.cloud, "unlimited"), modelBytes)));
      for (int i = 0; i < count; i++) {
        nodes.add(new NodeSpec(speeds.get(i), MemoryText.parse(budgets.get(i), modelBytes)));
      }
      List<LinkSpec> links =
          perEdge("link", or(link, List.of("loopback"))).stream().map(LinkText::parse).toList();
      List<String> changing = perEdge("changes", or(changes, List.of("none")));
      long chance = or(seed, 1L);
      List<LinkChanges> linkChanges = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        linkChanges.add(ChangesText.parse(changing.get(i), links.get(i), chance, i + 1));
      }
      return new Scenario(
          or(name, "unnamed"),
          tasksAtCloud(),
          nodes,
          links,
          arrivalProcess(),
          or(batch, 1),
          or(accuracy, 0.0),
          chance,
          linkChanges,
          or(power, Watts.NONE).power());
    } catch (IllegalArgumentException e) {
      throw new UsageError("scenario '%s': %s".formatted(name, e.getMessage()), e);
    }
  }

  private boolean tasksAtCloud() {
    String where = or(source, "cloud");
    checkSource(where);
    return where.equals("cloud");
  }

  static void checkSource(String where) {
    List<String> valid = List.of("cloud", "edge");
    if (!valid.contains(where)) {
      throw UsageError.unknown("source", where, valid);
    }
  }

  private <T> List<T> perEdge(String key, List<T> values) {
    if (values.size() == 1) {
      return Collections.nCopies(edgeCount(), values.get(0));
    }
    if (values.size() != edgeCount()) {
      throw new UsageError(
          String.format(
              Locale.ROOT,
              "scenario '%s' has %d edges but %d values of '%s': write one for all or one for each",
              name,
              edgeCount(),
              values.size(),
              key));
    }
    return values;
  }

  private static <T> T or(T first, T second) {
    return first != null ? first : second;
  }
}
