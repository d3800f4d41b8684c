package io.offloadlab.view;

import io.offloadlab.strategy.LinkSpec;
import io.offloadlab.strategy.Scenario;
import io.offloadlab.strategy.Scenario.NodeSpec;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What was emulated while a system was measured.
 *
 * @param speedFactors of the nodes, the cloud's first
 * @param links of the edges
 */
public record Emulation(List<Double> speedFactors, List<LinkSpec> links) {
  /**
   * @throws IllegalArgumentException if it is of no cloud with edges, or a factor is not in (0, 1]
   */
  public Emulation {
    speedFactors = List.copyOf(speedFactors);
    links = List.copyOf(links);
    if (links.isEmpty() || speedFactors.size() != links.size() + 1) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "a cloud and its edges have one speed factor more than links, not %d and %d",
              speedFactors.size(),
              links.size()));
    }
    if (!speedFactors.stream().allMatch(s -> s > 0 && s <= 1)) {
      throw new IllegalArgumentException("speed factors are in (0, 1], not " + speedFactors);
    }
  }

  /** What a scenario asks for. */
  public static Emulation of(Scenario scenario) {
    return new Emulation(
        scenario.nodes().stream().map(NodeSpec::speedFactor).toList(), scenario.links());
  }

  /** Nothing: machines at their own speed on links as they are. */
  static Emulation none(int edges) {
    return new Emulation(
        Collections.nCopies(edges + 1, 1.0), Collections.nCopies(edges, LinkSpec.UNSHAPED));
  }

  /** Number of edges. */
  public int edges() {
    return links.size();
  }

  /** The same for another number of edges, which are these over and over. */
  public Emulation repeated(int edges) {
    return new Emulation(
        Stream.concat(
                Stream.of(speedFactors.get(0)),
                IntStream.range(0, edges).mapToObj(i -> speedFactors.get(1 + i % edges())))
            .toList(),
        IntStream.range(0, edges).mapToObj(i -> links.get(i % edges())).toList());
  }
}
