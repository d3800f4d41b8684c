package io.offloadlab.legodnn.blocks;

import io.offloadlab.graph.Layer;
import io.offloadlab.graph.ModelGraph;
import io.offloadlab.graph.Stage;
import io.offloadlab.legodnn.blocks.LegoChain.Piece;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds the blocks of a network that can be compressed one by one (Han et al., "LegoDNN:
 * Block-grained Scaling of Deep Neural Networks for Mobile Vision", MobiCom 2021, section 4.1).
 *
 * <p>The layers are walked in topological order. At every boundary the shortest stretch that ends
 * there and begins after the last block is closed as a block if it
 *
 * <ul>
 *   <li>has a single tensor entering and a single tensor leaving,
 *   <li>holds at least 2 and at most {@code max(2, floor(ratio x convolutions of the network))}
 *       convolutions,
 *   <li>has a convolution that can be pruned without changing the stretch's output.
 * </ul>
 *
 * A boundary is a cut point that something else than a batch norm, an activation or a maximum
 * pooling reads: those stay with the layer they belong to. Because the shortest stretch wins, the
 * ratio is a ceiling and not a target: ResNet-18 (20 convolutions) gives its 8 basic blocks at
 * ratio 0.2 (at most 4) and at 0.4 (at most 8); at 0.1 (at most 2) the three basic blocks whose
 * shortcut holds a third convolution stay as they are and 5 blocks remain.
 *
 * <p>What lies before, between and after the blocks are fixed pieces, cut where the network's own
 * components are cut.
 */
public final class BlockDetection {
  private static final int LEAST_CONVOLUTIONS = 2;

  private final ModelGraph network;
  private final int mostConvolutions;
  private final Map<String, String> stageByEnds = new LinkedHashMap<>();

  private BlockDetection(ModelGraph network, double ratio) {
    this.network = network;
    this.mostConvolutions =
        (int) Math.max(LEAST_CONVOLUTIONS, Math.floor(ratio * convolutions(network) + 1e-9));
    String after = ModelGraph.INPUT;
    for (Stage stage : network.stages()) {
      stageByEnds.put(ends(after, stage.end()), stage.name());
      after = stage.end();
    }
  }

  /**
   * The network as blocks and fixed pieces.
   *
   * @param network any graph
   * @param ratio most convolutions of a block as a fraction of the network's, in (0, 1]
   * @throws IllegalArgumentException if the ratio is out of range
   */
  public static LegoChain detect(ModelGraph network, double ratio) {
    if (!(ratio > 0 && ratio <= 1)) {
      throw new IllegalArgumentException("a ratio is in (0, 1], not " + ratio);
    }
    return new BlockDetection(network, ratio).chain();
  }

  private LegoChain chain() {
    List<String> at = boundaries();
    List<Piece> pieces = new ArrayList<>();
    int from = 0;
    int blocks = 0;
    for (int end = 1; end < at.size(); end++) {
      int start = shortestBlock(at, from, end);
      if (start < 0) {
        continue;
      }
      pieces.addAll(fixed(at, from, start));
      String name = nameOf(at.get(start), at.get(end), "block-" + blocks++);
      pieces.add(new Piece(name, network.piece(name, at.get(start), at.get(end)), true));
      from = end;
    }
    pieces.addAll(fixed(at, from, at.size() - 1));
    return new LegoChain(pieces);
  }

  /** Start of the shortest stretch ending at {@code end} that is a block, or -1. */
  private int shortestBlock(List<String> at, int from, int end) {
    for (int start = end - 1; start >= from; start--) {
      ModelGraph stretch = network.piece("stretch", at.get(start), at.get(end));
      long convolutions = convolutions(stretch);
      if (convolutions > mostConvolutions) {
        return -1;
      }
      if (convolutions >= LEAST_CONVOLUTIONS && !Pruning.groups(stretch).isEmpty()) {
        return start;
      }
    }
    return -1;
  }

  /** Cut points after which a piece may begin: the input, and every one with work after it. */
  private List<String> boundaries() {
    List<String> boundaries = new ArrayList<>(List.of(ModelGraph.INPUT));
    for (String cut : network.cutPoints()) {
      boolean absorbed =
          network.readersOf(cut).stream()
              .allMatch(r -> Belonging.toWhatItReads(network.vertex(r).layer()));
      if (cut.equals(network.output()) || !absorbed) {
        boundaries.add(cut);
      }
    }
    return boundaries;
  }

  private List<Piece> fixed(List<String> at, int from, int to) {
    List<Piece> pieces = new ArrayList<>();
    if (from == to) {
      return pieces;
    }
    List<Piece> own = new ArrayList<>();
    int start = from;
    for (int end = from + 1; end <= to; end++) {
      String stage = stageByEnds.get(ends(at.get(start), at.get(end)));
      if (stage != null) {
        own.add(new Piece(stage, network.piece(stage, at.get(start), at.get(end)), false));
        start = end;
      }
    }
    if (start == to) {
      return own;
    }
    String place = from == 0 ? "root" : to == at.size() - 1 ? "head" : "fixed-" + from;
    String name = nameOf(at.get(from), at.get(to), place);
    pieces.add(new Piece(name, network.piece(name, at.get(from), at.get(to)), false));
    return pieces;
  }

  /** The network's own name of a stretch, or one that none of its components has. */
  private String nameOf(String after, String end, String otherwise) {
    String stage = stageByEnds.get(ends(after, end));
    if (stage != null) {
      return stage;
    }
    return stageByEnds.containsValue(otherwise) ? "lego-" + otherwise : otherwise;
  }

  private static String ends(String after, String end) {
    return after + ">" + end;
  }

  private static long convolutions(ModelGraph graph) {
    return graph.vertices().stream().filter(v -> v.layer() instanceof Layer.Conv2d).count();
  }
}
