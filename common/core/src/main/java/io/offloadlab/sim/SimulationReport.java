package io.offloadlab.sim;

import io.offloadlab.strategy.NodeId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * How a simulation went.
 *
 * @param finished tasks that came to their end
 * @param dropped tasks that found a full queue
 * @param seconds virtual time from the start to the last end
 * @param open whether tasks arrive whether or not those before them are done, so that a queue can
 *     grow with the length of the stream
 * @param nodes per node, the cloud first
 * @param links per edge
 * @param foretold questions to a strategy whose devices' progress the status twin foretold
 * @param mispredictions those of them at which the twin had the queue's length wrong
 */
public record SimulationReport(
    long finished,
    long dropped,
    double seconds,
    boolean open,
    List<NodeLoad> nodes,
    List<LinkLoad> links,
    long foretold,
    long mispredictions) {
  /**
   * What was asked of a node.
   *
   * @param utilisation compute asked for per second, at the rate at which tasks arrive: above 1 the
   *     queue grows for as long as they do; NaN where a stream is too short to have a rate
   * @param dropped tasks refused because its queue was full
   */
  public record NodeLoad(NodeId node, double utilisation, long dropped) {}

  /**
   * What was asked of a link; see {@link NodeLoad}.
   *
   * @param up utilisation towards the cloud
   * @param down utilisation from the cloud
   */
  public record LinkLoad(NodeId edge, double up, double down) {}

  /** Copies the lists. */
  public SimulationReport {
    nodes = List.copyOf(nodes);
    links = List.copyOf(links);
  }

  /**
   * One line per kind of place that was asked for more than it can do: latencies then depend on the
   * length of the stream.
   */
  public List<String> warnings() {
    List<String> warnings = new ArrayList<>();
    if (open) {
      warnings.addAll(overloads(nodes, links));
    }
    if (dropped > 0) {
      warnings.add(
          String.format(Locale.ROOT, "%d tasks found a full queue and were dropped", dropped));
    }
    return warnings;
  }

  /**
   * One line per kind of place that is asked for more than it can do.
   *
   * @param nodes per node, the cloud first
   * @param links per edge
   */
  public static List<String> overloads(List<NodeLoad> nodes, List<LinkLoad> links) {
    List<String> warnings = new ArrayList<>();
    over(
        nodes.stream().filter(n -> n.node().isCloud()).map(NodeLoad::utilisation).toList(),
        "the cloud",
        warnings);
    over(
        nodes.stream().filter(n -> !n.node().isCloud()).map(NodeLoad::utilisation).toList(),
        "edges",
        warnings);
    over(links.stream().map(LinkLoad::up).toList(), "uplinks", warnings);
    over(links.stream().map(LinkLoad::down).toList(), "downlinks", warnings);
    return warnings;
  }

  private static void over(List<Double> utilisations, String what, List<String> warnings) {
    double most = utilisations.stream().mapToDouble(u -> u).max().orElse(0);
    if (most > 1) {
      long how = utilisations.stream().filter(u -> u > 1).count();
      warnings.add(
          String.format(
              Locale.ROOT,
              "tasks arrive faster than %s can serve them (%d of %d above capacity, utilisation up to %.2f): latency grows with the length of the stream",
              what,
              how,
              utilisations.size(),
              most));
    }
  }
}
