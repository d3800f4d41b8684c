package io.offloadlab.strategy;

import io.offloadlab.graph.Shape;
import java.util.List;

/**
 * What a task sends over links.
 *
 * @param upBytes from edges to the cloud
 * @param downBytes from the cloud to edges
 */
public record Traffic(long upBytes, long downBytes) {
  private static final Traffic NOTHING = new Traffic(0, 0);

  /**
   * The tensors that cross links: the images, wherever the network changes node, and what comes
   * out. From edge to edge they go through the cloud.
   *
   * @param source where the images are and the prediction goes
   * @param batch images
   */
  public static Traffic of(Route route, NodeId source, int batch) {
    Traffic sum = NOTHING;
    NodeId at = source;
    List<Hop> hops = route.hops();
    Shape tensor = route.input();
    for (int i = 0; i < hops.size(); i++) {
      Hop hop = hops.get(i);
      sum = sum.plus(at, hop.node(), tensor.bytes() * batch);
      at = hop.node();
      tensor = hop.sideBranch() ? tensor : hop.component().output();
    }
    return sum.plus(at, source, Route.after(hops, true).bytes() * batch);
  }

  private Traffic plus(NodeId from, NodeId to, long bytes) {
    return from.equals(to)
        ? this
        : new Traffic(
            upBytes + (from.isCloud() ? 0 : bytes), downBytes + (to.isCloud() ? 0 : bytes));
  }
}
