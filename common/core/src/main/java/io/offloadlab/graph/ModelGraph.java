package io.offloadlab.graph;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A network with one input and one output, as a directed acyclic graph of layers in topological
 * order. Immutable; every shape is inferred and checked on construction.
 */
public final class ModelGraph {
  /** The name by which vertices refer to the network's input. */
  public static final String INPUT = "input";

  private final String name;
  private final Shape input;
  private final Map<String, Vertex> vertices = new LinkedHashMap<>();
  private final Map<String, Shape> shapes = new HashMap<>();
  private final List<Stage> stages;
  private final String output;

  /** These are asked for at every decision, and never different. */
  private final long flops;

  private final long parameters;
  private final int hash;

  /**
   * @param name of the network, for messages and model cards
   * @param input shape of one input sample
   * @param vertices in topological order; the last one is the output
   * @param stages names of the components in order; the last one ends at the output; empty when the
   *     graph is itself a piece
   * @throws IllegalArgumentException if a name is taken twice, an input is unknown or comes later,
   *     shapes do not fit, or a stage does not end at a cut point
   */
  public ModelGraph(String name, Shape input, List<Vertex> vertices, List<Stage> stages) {
    this.name = name;
    this.input = input;
    if (vertices.isEmpty()) {
      throw new IllegalArgumentException("network '%s' has no layers".formatted(name));
    }
    shapes.put(INPUT, input);
    for (Vertex v : vertices) {
      List<Shape> in = new ArrayList<>();
      for (String i : v.inputs()) {
        Shape s = shapes.get(i);
        if (s == null) {
          throw new IllegalArgumentException(
              "'%s' reads '%s', which does not come before it".formatted(v.name(), i));
        }
        in.add(s);
      }
      Shape out;
      try {
        out = v.layer().output(in);
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException("'%s': %s".formatted(v.name(), e.getMessage()), e);
      }
      if (shapes.put(v.name(), out) != null) {
        throw new IllegalArgumentException("two vertices are named '%s'".formatted(v.name()));
      }
      this.vertices.put(v.name(), v);
    }
    this.output = vertices.get(vertices.size() - 1).name();
    this.stages = List.copyOf(stages);
    checkNothingDangles();
    checkStages();
    this.flops = 2 * vertices.stream().mapToLong(this::macs).sum();
    this.parameters = vertices.stream().mapToLong(v -> v.layer().parameters()).sum();
    this.hash = List.copyOf(vertices).hashCode();
  }

  private long macs(Vertex v) {
    return v.layer().macs(shape(v.inputs().get(0)));
  }

  private void checkNothingDangles() {
    for (String v : vertices.keySet()) {
      if (!v.equals(output) && readersOf(v).isEmpty()) {
        throw new IllegalArgumentException(
            "nothing reads '%s', and it is not the output '%s'".formatted(v, output));
      }
    }
  }

  private void checkStages() {
    if (stages.isEmpty()) {
      return;
    }
    List<String> cuts = cutPoints();
    int last = -1;
    for (Stage s : stages) {
      int at = cuts.indexOf(s.end());
      if (at <= last) {
        throw new IllegalArgumentException(
            "stage '%s' must end at a cut point after the stage before it, not at '%s'"
                .formatted(s.name(), s.end()));
      }
      last = at;
    }
    if (last != cuts.size() - 1) {
      throw new IllegalArgumentException("the last stage must end at the output '" + output + "'");
    }
  }

  /** Name of the network. */
  public String name() {
    return name;
  }

  /** Shape of one input sample. */
  public Shape input() {
    return input;
  }

  /** Name of the output vertex. */
  public String output() {
    return output;
  }

  /** Vertices in topological order. */
  public List<Vertex> vertices() {
    return List.copyOf(vertices.values());
  }

  /** Names and ends of the components in order; empty for a piece. */
  public List<Stage> stages() {
    return stages;
  }

  /**
   * A vertex by name.
   *
   * @throws IllegalArgumentException if there is none
   */
  public Vertex vertex(String vertex) {
    Vertex v = vertices.get(vertex);
    if (v == null) {
      throw new IllegalArgumentException("network '%s' has no vertex '%s'".formatted(name, vertex));
    }
    return v;
  }

  /**
   * Shape of one sample at the output of a vertex, or at {@link #INPUT}.
   *
   * @throws IllegalArgumentException if there is no such vertex
   */
  public Shape shape(String vertex) {
    Shape s = shapes.get(vertex);
    if (s == null) {
      throw new IllegalArgumentException("network '%s' has no vertex '%s'".formatted(name, vertex));
    }
    return s;
  }

  /** Floating-point operations for one sample: 2 x multiply-accumulates. */
  public long flops() {
    return flops;
  }

  /** Trainable parameters. */
  public long parameters() {
    return parameters;
  }

  /** Size of the parameters in float32, in MiB (2^20 bytes). */
  public double sizeMib() {
    return parameters() * (double) Shape.BYTES_PER_ELEMENT / (1 << 20);
  }

  /**
   * Vertices through whose output every path from input to output goes: where the network can be
   * cut with a single tensor crossing. In topological order; the last one is the output.
   */
  public List<String> cutPoints() {
    Map<String, Integer> lastUse = new HashMap<>();
    List<Vertex> order = vertices();
    for (int i = 0; i < order.size(); i++) {
      for (String in : order.get(i).inputs()) {
        lastUse.put(in, i);
      }
    }
    List<String> cuts = new ArrayList<>();
    int reach = lastUse.getOrDefault(INPUT, -1);
    for (int i = 0; i < order.size(); i++) {
      // Nothing made before vertex i is read after it: only its own output crosses.
      if (reach <= i) {
        cuts.add(order.get(i).name());
      }
      reach = Math.max(reach, lastUse.getOrDefault(order.get(i).name(), i));
    }
    return cuts;
  }

  /**
   * The contiguous piece between two cut points.
   *
   * @param pieceName name of the piece
   * @param after the cut point before the piece, or {@link #INPUT}
   * @param end the cut point that ends it, inclusive
   * @throws IllegalArgumentException if either is not a cut point or they are out of order
   */
  public ModelGraph piece(String pieceName, String after, String end) {
    List<String> cuts = cutPoints();
    if (!after.equals(INPUT) && !cuts.contains(after)) {
      throw new IllegalArgumentException("'%s' is not a cut point".formatted(after));
    }
    if (!cuts.contains(end) || cuts.indexOf(end) <= cuts.indexOf(after)) {
      throw new IllegalArgumentException(
          "'%s' is not a cut point after '%s'".formatted(end, after));
    }
    List<Vertex> inside = new ArrayList<>();
    boolean started = after.equals(INPUT);
    for (Vertex v : vertices.values()) {
      if (started) {
        List<String> in = v.inputs().stream().map(i -> i.equals(after) ? INPUT : i).toList();
        inside.add(new Vertex(v.name(), v.layer(), in));
      }
      started |= v.name().equals(after);
      if (v.name().equals(end)) {
        break;
      }
    }
    return new ModelGraph(pieceName, shape(after), inside, List.of());
  }

  /**
   * The network as the chain of components its builder named.
   *
   * @param weights where the network's weights rest
   * @throws IllegalStateException if this graph is a piece without stages
   */
  public List<Component> components(WeightRef weights) {
    if (stages.isEmpty()) {
      throw new IllegalStateException("'%s' is a piece and names no components".formatted(name));
    }
    List<Component> chain = new ArrayList<>();
    String after = INPUT;
    for (Stage s : stages) {
      chain.add(new Component(s.name(), piece(s.name(), after, s.end()), weights));
      after = s.end();
    }
    return List.copyOf(chain);
  }

  /** Names of all weight tensors with their shapes, in topological order. */
  public Map<String, List<Integer>> tensors() {
    Map<String, List<Integer>> all = new LinkedHashMap<>();
    for (Vertex v : vertices.values()) {
      v.layer().tensors().forEach((t, shape) -> all.put(v.name() + "." + t, shape));
    }
    return all;
  }

  /** Vertices that read the output of a vertex or of {@link #INPUT}. */
  public Set<String> readersOf(String vertex) {
    Set<String> readers = new LinkedHashSet<>();
    vertices.values().stream()
        .filter(v -> v.inputs().contains(vertex))
        .forEach(v -> readers.add(v.name()));
    return readers;
  }

  /** Two graphs are equal when they compute the same thing from the same tensors. */
  @Override
  public boolean equals(Object o) {
    if (o == this) {
      return true;
    }
    return o instanceof ModelGraph g
        && g.hash == hash
        && g.input.equals(input)
        && g.vertices().equals(vertices())
        && g.stages.equals(stages);
  }

  @Override
  public int hashCode() {
    return hash;
  }

  @Override
  public String toString() {
    return "%s %s -> %s".formatted(name, input, shape(output));
  }
}
