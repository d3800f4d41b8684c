package io.offloadlab.train.blocks;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.offloadlab.graph.ModelGraph;
import io.offloadlab.legodnn.blocks.LegoChain.Piece;
import io.offloadlab.train.autograd.GradientRecording;
import io.offloadlab.train.autograd.Precision;
import io.offloadlab.train.autograd.TrainableGraph;
import io.offloadlab.weights.StoredTensor;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The original network, frozen: what its blocks read and give. */
final class Original {
  private final ModelGraph network;
  private final TrainableGraph graph;
  private final Map<String, TrainableGraph> blocks = new TreeMap<>();
  private final Map<String, String> entry = new TreeMap<>();
  private final Set<String> ends = new HashSet<>();

  Original(
      ModelGraph network,
      Map<String, StoredTensor> weights,
      List<Piece> pieces,
      Precision precision,
      NDManager manager) {
    this.network = network;
    this.graph = new TrainableGraph(network, weights, precision, manager);
    for (Piece piece : pieces) {
      blocks.put(piece.name(), new TrainableGraph(piece.graph(), weights, precision, manager));
      entry.put(piece.name(), entryOf(piece));
      ends.add(entryOf(piece));
      ends.add(piece.graph().output());
    }
    ends.remove(ModelGraph.INPUT);
  }

  /** The vertex of the network that a piece reads. */
  private String entryOf(Piece piece) {
    String first = piece.graph().readersOf(ModelGraph.INPUT).stream().findFirst().orElseThrow();
    int place = piece.graph().vertex(first).inputs().indexOf(ModelGraph.INPUT);
    return network.vertex(first).inputs().get(place);
  }

  /**
   * Activations before and after every block, under the images' manager.
   *
   * @param mode one without the batch's statistics
   */
  Map<String, NDArray> run(NDArray images, TrainableGraph.Mode mode) {
    try (GradientRecording off = GradientRecording.unrecorded()) {
      assert off != null;
      Map<String, NDArray> activations = graph.run(images, mode, ends);
      activations.put(ModelGraph.INPUT, images);
      return activations;
    }
  }

  /** What a block reads. */
  NDArray input(Piece piece, Map<String, NDArray> activations) {
    return activations.get(entry.get(piece.name()));
  }

  /** What one block reads, for images. */
  NDArray before(Piece piece, NDArray images) {
    String vertex = entry.get(piece.name());
    if (vertex.equals(ModelGraph.INPUT)) {
      return images;
    }
    return graph.run(images, TrainableGraph.Mode.EVALUATION, Set.of(vertex)).get(vertex);
  }

  /** What a vertex inside a block gives, for the block's input. */
  NDArray inside(Piece piece, String vertex, NDArray input) {
    return blocks
        .get(piece.name())
        .run(input, TrainableGraph.Mode.EVALUATION, Set.of(vertex))
        .get(vertex);
  }
}
