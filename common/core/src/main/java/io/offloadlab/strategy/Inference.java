package io.offloadlab.strategy;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What was measured of how a node runs components, beyond the time of each by itself.
 *
 * @param jointSeconds what a whole batch takes less for each component that runs in one program
 *     with the one before it, than if it ran by itself; not negative
 * @param slowdown how many times as long inference takes on 1, 2, ... cores as on all of them;
 *     empty where it is taken in proportion
 * @param ways how programs run, by the names of their components with {@code >} between them
 */
public record Inference(double jointSeconds, List<Double> slowdown, Map<String, Way> ways) {
  /** Nothing was measured. */
  public static final Inference UNKNOWN = new Inference(0, List.of(), Map.of());

  /**
   * The engine that runs a program, and on how many cores.
   *
   * @param engine its name, such as {@code onnxruntime}
   * @param threads cores, at least 1
   */
  public record Way(String engine, int threads) {}

  /** Copies list and map. */
  public Inference {
    slowdown = List.copyOf(slowdown);
    ways = Map.copyOf(ways);
    if (!(jointSeconds >= 0)) {
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "a joint saves %s s, which is negative", jointSeconds));
    }
  }

  /** The name of a program of these components. */
  public static String program(List<String> components) {
    return String.join(">", components);
  }

  /** The same with more ways, which take the place of those for the same programs. */
  public Inference and(Map<String, Way> more) {
    Map<String, Way> all = new HashMap<>(ways);
    all.putAll(more);
    return new Inference(jointSeconds, slowdown, all);
  }

  /** The same on a node that takes so many times as long. */
  Inference slower(double factor) {
    return new Inference(jointSeconds * factor, slowdown, ways);
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
