package io.offloadlab.bench.metric;

import java.util.ArrayList;
import java.util.List;

/**
 * A route as tables and figures tell it.
 *
 * @param stays nodes in the order in which a task was there, at least one
 */
public record Way(List<Stay> stays) {
  /**
   * Components that ran in a row on one node.
   *
   * @param components their names, at least one
   * @param node such as {@code edge-1} or {@code cloud}
   */
  public record Stay(List<String> components, String node) {
    /** Copies the list. */
    public Stay {
      components = List.copyOf(components);
    }

    /** {@code edge} for every edge, {@code cloud}. */
    public String kind() {
      return node.startsWith("edge") ? "edge" : node;
    }

    /** The last of its components. */
    String last() {
      return components.get(components.size() - 1);
    }
  }

  /** Copies the list. */
  public Way {
    stays = List.copyOf(stays);
  }

  /**
   * Reads a route as it is written in {@code tasks.csv}.
   *
   * @param route such as {@code root>block-0 @cloud | block-1@0.4>head @edge-1}
   */
  public static Way of(String route) {
    List<Stay> stays = new ArrayList<>();
    for (String stay : route.split(" \\| ", -1)) {
      int at = stay.lastIndexOf(" @");
      stays.add(new Stay(List.of(stay.substring(0, at).split(">", -1)), stay.substring(at + 2)));
    }
    return new Way(stays);
  }

  /** The component that gave the predictions. */
  public String exit() {
    return stays.get(stays.size() - 1).last();
  }

  /** Where it went from one node to another, such as {@code block-6: edge to cloud}. */
  List<String> splits() {
    List<String> splits = new ArrayList<>();
    for (int i = 1; i < stays.size(); i++) {
      splits.add(
          "behind %s: %s to %s"
              .formatted(stays.get(i - 1).last(), stays.get(i - 1).kind(), stays.get(i).kind()));
    }
    return splits;
  }
}
