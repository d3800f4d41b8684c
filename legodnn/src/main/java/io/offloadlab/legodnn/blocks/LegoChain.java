package io.offloadlab.legodnn.blocks;

import io.offloadlab.graph.ModelGraph;
import java.util.List;

/**
 * A network cut into LegoDNN's pieces: put one after the other they are the network.
 *
 * @param pieces in order
 */
public record LegoChain(List<Piece> pieces) {
  /**
   * One piece of the chain.
   *
   * @param name the network's own component name where the piece is one of its components, so that
   *     the uncompressed piece shares identity, weights and measurements with it
   * @param graph its layers
   * @param compressible whether it is a block; otherwise it always runs as it is
   */
  public record Piece(String name, ModelGraph graph, boolean compressible) {}

  /** Copies the list. */
  public LegoChain {
    pieces = List.copyOf(pieces);
  }

  /** The compressible pieces in order. */
  public List<Piece> blocks() {
    return pieces.stream().filter(Piece::compressible).toList();
  }
}
