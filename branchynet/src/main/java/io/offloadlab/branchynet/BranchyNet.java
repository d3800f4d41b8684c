package io.offloadlab.branchynet;

import io.offloadlab.graph.Component;
import io.offloadlab.graph.GraphBuilder;
import io.offloadlab.graph.Layer;
import io.offloadlab.graph.ModelGraph;
import io.offloadlab.graph.ResNets;
import io.offloadlab.graph.WeightRef;
import io.offloadlab.strategy.StrategyContext;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A network with two early exits: {@code exit-3} after the root and {@code exit-5} where the maps
 * last have half the image's side (in a ResNet, after layer2), each a basic block, an average pool
 * of 4 and a linear classifier; {@code exit-7} is the backbone's own head. Any number of classes
 * and any width.
 */
public final class BranchyNet {
  /** Names of the exits, the earliest first. */
  public static final List<String> EXITS = List.of("exit-3", "exit-5", "exit-7");

  private static final int POOL = 4;

  private final Map<String, List<Component>> chains = new LinkedHashMap<>();

  /**
   * @param backbone any network with components that ends in a linear layer
   * @throws IllegalArgumentException if the backbone has no component that ends at half its input's
   *     side, or no linear head
   */
  public BranchyNet(ModelGraph backbone) {
    List<Component> whole = backbone.components(WeightRef.of(StrategyContext.BACKBONE_WEIGHTS));
    int classes = classes(backbone);
    chains.put("exit-3", branch(whole, 1, "exit-3", classes));
    chains.put("exit-5", branch(whole, endOfHalfSide(whole), "exit-5", classes));
    chains.put("exit-7", whole);
  }

  private static int classes(ModelGraph backbone) {
    if (backbone.vertex(backbone.output()).layer() instanceof Layer.Linear head) {
      return head.out();
    }
    throw new IllegalArgumentException(
        "network '%s' does not end in a linear layer".formatted(backbone.name()));
  }

  /** Number of components up to the last one whose maps have half the image's side. */
  private static int endOfHalfSide(List<Component> whole) {
    int half = whole.get(0).input().height() / 2;
    int end = 0;
    for (int i = 0; i < whole.size(); i++) {
      if (whole.get(i).output().isMap() && whole.get(i).output().height() == half) {
        end = i + 1;
      }
    }
    if (end == 0) {
      throw new IllegalArgumentException(
          "no component of the backbone ends at half the side of its input");
    }
    return end;
  }

  private static List<Component> branch(
      List<Component> whole, int after, String exit, int classes) {
    List<Component> chain = new ArrayList<>(whole.subList(0, after));
    Component last = chain.get(after - 1);
    int channels = last.output().channels();
    String path = "branch.exit_point-" + exit.substring("exit-".length());
    GraphBuilder g = new GraphBuilder(last.output());
    ResNets.basicBlock(g, path + ".0", channels, channels, 1);
    g.pool(path + ".1", POOL).flatten(path + ".2").linear(path + ".3", classes);
    chain.add(new Component(exit, g.build(exit, List.of()), last.weights()));
    return List.copyOf(chain);
  }

  /**
   * The components from the input to an exit, in order.
   *
   * @param exit one of {@link #EXITS}
   * @throws IllegalArgumentException if there is no such exit
   */
  public List<Component> chain(String exit) {
    List<Component> chain = chains.get(exit);
    if (chain == null) {
      throw new IllegalArgumentException("no exit '%s'; there are %s".formatted(exit, EXITS));
    }
    return chain;
  }

  /** Every component once: backbone and branches. */
  public List<Component> components() {
    return chains.values().stream().flatMap(List::stream).distinct().toList();
  }

  /** The exit at which a chain ends: {@code exit-7} for any that ends in the backbone's head. */
  public static String exitOf(List<Component> chain) {
    String last = chain.get(chain.size() - 1).name();
    return EXITS.contains(last) ? last : "exit-7";
  }

  /**
   * Floating-point operations of one sample that leaves at an exit and has passed the earlier exits
   * on its way, as under the entropy policy: the branches it passed are computed too.
   */
  public long flopsThrough(String exit) {
    int at = EXITS.indexOf(exit);
    long passed =
        EXITS.subList(0, at).stream()
            .map(this::chain)
            .mapToLong(c -> c.get(c.size() - 1).flops())
            .sum();
    return passed + chain(exit).stream().mapToLong(Component::flops).sum();
  }
}
