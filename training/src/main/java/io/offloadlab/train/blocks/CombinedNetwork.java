package io.offloadlab.train.blocks;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.offloadlab.legodnn.blocks.LegoChain;
import io.offloadlab.legodnn.blocks.LegoChain.Piece;
import io.offloadlab.train.autograd.Precision;
import io.offloadlab.train.autograd.TrainableGraph;
import io.offloadlab.weights.StoredTensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The original network, piece by piece, in which variants may stand for their blocks. The
 * original's own pieces never change, but let gradients through to what is before them.
 */
final class CombinedNetwork {
  private final List<Piece> pieces;
  private final Map<String, TrainableGraph> originals = new LinkedHashMap<>();

  /**
   * @param weights of the original, by name
   * @param owner closes the network
   */
  CombinedNetwork(
      LegoChain chain, Map<String, StoredTensor> weights, Precision precision, NDManager owner) {
    this.pieces = chain.pieces();
    for (Piece piece : pieces) {
      TrainableGraph graph = new TrainableGraph(piece.graph(), weights, precision, owner);
      graph.freeze();
      originals.put(piece.name(), graph);
    }
  }

  /** All pieces in order; the last one gives the logits. */
  List<Piece> pieces() {
    return pieces;
  }

  /** What every piece of the original gives, by its name, under the images' manager. */
  Map<String, NDArray> original(NDArray images, TrainableGraph.Mode mode) {
    Map<String, NDArray> outputs = new LinkedHashMap<>();
    NDArray x = images;
    for (Piece piece : pieces) {
      x = originals.get(piece.name()).run(x, mode);
      outputs.put(piece.name(), x);
    }
    return outputs;
  }

  /**
   * What the pieces from the first variant on give, by name and in order. What the original gives
   * before it is not computed again.
   *
   * @param images under a manager that takes the results
   * @param original what all of its pieces give for the same images
   * @param chosen variants by name of their block
   * @param mode of the variants; the original's pieces never use the batch's statistics
   */
  Map<String, NDArray> run(
      NDArray images,
      Map<String, NDArray> original,
      Map<String, Variant> chosen,
      TrainableGraph.Mode mode) {
    TrainableGraph.Mode fixed =
        mode == TrainableGraph.Mode.TRAINING ? TrainableGraph.Mode.FROZEN : mode;
    Map<String, NDArray> outputs = new LinkedHashMap<>();
    NDArray x = images;
    for (Piece piece : pieces) {
      Variant variant = chosen.get(piece.name());
      if (variant == null && outputs.isEmpty()) {
        x = original.get(piece.name());
        continue;
      }
      x = variant == null ? originals.get(piece.name()).run(x, fixed) : variant.run(x, mode);
      outputs.put(piece.name(), x);
    }
    return outputs;
  }

  /** What one piece of the original gives. */
  NDArray whole(Piece piece, NDArray input, TrainableGraph.Mode mode) {
    return originals.get(piece.name()).run(input, mode);
  }
}
