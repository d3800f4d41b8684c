package io.offloadlab.strategy;

import io.offloadlab.graph.Shape;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What was measured of how a node runs components, beyond the time of each by itself.
 *
 * @param joints by the bytes of one sample's tensor between two components: what a whole batch
 *     takes less, in seconds, when both run in one program; not negative. The larger the tensor,
 *     the more is saved
 * @param slowdown how many times as long inference takes on 1, 2, ... cores as on all of them;
 *     empty where it is taken in proportion
 * @param ways how programs run, by the names of their components with {@code >} between them
 */
public record Inference(Map<Long, Double> joints, List<Double> slowdown, Map<String, Way> ways) {
  /** Nothing was measured. */
  public static final Inference UNKNOWN = new Inference(Map.of(), List.of(), Map.of());

  /**
   * The engine that runs a program, and on how many cores.
   *
   * @param engine its name, such as {@code onnxruntime}
   * @param threads cores, at least 1
   */
  public record Way(String engine, int threads) {}

  /** Copies list and maps. */
  public Inference {
    joints = Map.copyOf(joints);
    slowdown = List.copyOf(slowdown);
    ways = Map.copyOf(ways);
    joints.forEach(
        (bytes, saved) -> {
          if (!(saved >= 0)) {
            throw new IllegalArgumentException(
                String.format(
                    Locale.ROOT, "a joint of %d bytes saves %s s, not 0 or more", bytes, saved));
          }
        });
  }

  /** The name of a program of these components. */
  public static String program(List<String> components) {
    return String.join(">", components);
  }

  /** The same with more ways, which take the place of those for the same programs. */
  public Inference and(Map<String, Way> more) {
    Map<String, Way> all = new HashMap<>(ways);
    all.putAll(more);
    return new Inference(joints, slowdown, all);
  }

  /** The same on a node that takes so many times as long. */
  Inference slower(double factor) {
    Map<Long, Double> stretched = new HashMap<>(joints);
    stretched.replaceAll((bytes, saved) -> saved * factor);
    return new Inference(stretched, slowdown, ways);
  }

  /** What is saved at a tensor of this shape; nothing where that was not measured. */
  double saved(Shape between) {
    // Asked for millions of times, and many views say nothing.
    return joints.isEmpty() ? 0 : joints.getOrDefault(between.bytes(), 0.0);
  }

  /**
   * How many times as long inference takes on some of a node's cores as on all.
   *
   * @param cores that it may use, at least 1
   * @param all that the node has
   */
  double slowdown(int cores, int all) {
    if (cores >= all) {
      return 1;
    }
    return cores <= slowdown.size() ? slowdown.get(cores - 1) : (double) all / cores;
  }
}
