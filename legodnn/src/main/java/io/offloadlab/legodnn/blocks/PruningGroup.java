package io.offloadlab.legodnn.blocks;

import java.util.List;
import java.util.Map;

/**
 * A convolution whose filters can be removed without changing its block's output, and everything
 * that loses channels with it.
 *
 * @param convolution vertex whose filters are removed
 * @param carried vertices with a weight per channel that lie between it and its consumers: batch
 *     norms and depthwise convolutions; they keep the same channels
 * @param consumers vertices that read the channels, convolutions and linear layers, with the input
 *     features each channel stands for (1 for a convolution, height x width behind a flattening)
 */
public record PruningGroup(
    String convolution, List<String> carried, Map<String, Integer> consumers) {
  /** Copies the collections. */
  public PruningGroup {
    carried = List.copyOf(carried);
    consumers = Map.copyOf(consumers);
  }
}
