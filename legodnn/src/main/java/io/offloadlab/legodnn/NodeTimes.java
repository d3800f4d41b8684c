package io.offloadlab.legodnn;

import io.offloadlab.graph.Component;
import io.offloadlab.graph.Shape;
import io.offloadlab.strategy.LatencyModel;
import io.offloadlab.strategy.NodeId;
import io.offloadlab.strategy.SystemView;
import java.util.ArrayList;
import java.util.List;

/**
 * What a node and its link take for a network's pieces and the tensors between them. A tensor
 * between two edges goes through the cloud, so that its time is what one end takes and what the
 * other takes.
 *
 * @param joined {@code [piece][variant]} seconds that a component adds to a program
 * @param start {@code [boundary]} seconds that a program takes beside its components
 * @param up {@code [boundary]} seconds of the tensor to the cloud; 0 for the cloud
 * @param down {@code [boundary]} seconds of the tensor from the cloud; 0 for the cloud
 */
record NodeTimes(
    List<List<Double>> joined, List<Double> start, List<Double> up, List<Double> down) {

  /** Times of a node in a view; 0 for one that is gone, on which nothing fits. */
  static NodeTimes of(NodeId node, LegoNetwork network, SystemView view, int batch) {
    LatencyModel model = new LatencyModel(view);
    boolean available = view.node(node).available();
    List<Shape> tensors = network.tensors();
    return new NodeTimes(
        network.pieces().stream()
            .map(
                piece ->
                    piece.variants().stream()
                        .map(LegoNetwork.Variant::component)
                        .map(c -> available ? joined(model, node, c, batch) : 0.0)
                        .toList())
            .toList(),
        tensors.stream().map(t -> model.startSeconds(node, t, batch)).toList(),
        tensors.stream().map(t -> model.transferSeconds(node, NodeId.CLOUD, t, batch)).toList(),
        tensors.stream().map(t -> model.transferSeconds(NodeId.CLOUD, node, t, batch)).toList());
  }

  private static double joined(LatencyModel model, NodeId node, Component c, int batch) {
    return model.joinedSeconds(node, c, batch);
  }

  /** Of a network that takes no time anywhere. */
  static NodeTimes none(LegoNetwork network) {
    List<Double> zeros = network.tensors().stream().map(t -> 0.0).toList();
    return new NodeTimes(
        network.pieces().stream()
            .map(piece -> piece.variants().stream().map(v -> 0.0).toList())
            .toList(),
        zeros,
        zeros,
        zeros);
  }

  /** The least of both in everything: what no plan on either of them is faster than. */
  NodeTimes least(NodeTimes other) {
    List<List<Double>> both = new ArrayList<>();
    for (int b = 0; b < joined.size(); b++) {
      both.add(least(joined.get(b), other.joined.get(b)));
    }
    return new NodeTimes(
        both, least(start, other.start), least(up, other.up), least(down, other.down));
  }

  private static List<Double> least(List<Double> a, List<Double> b) {
    List<Double> least = new ArrayList<>();
    for (int i = 0; i < a.size(); i++) {
      least.add(Math.min(a.get(i), b.get(i)));
    }
    return List.copyOf(least);
  }

  /** Seconds of the original network on this node, the tensors to it and back included. */
  double whole() {
    return joined.stream().mapToDouble(piece -> piece.get(0)).sum()
        + start.get(0)
        + down.get(0)
        + up.get(up.size() - 1);
  }
}
