package io.offloadlab.twin;

import io.offloadlab.graph.Component;
import io.offloadlab.graph.GraphBuilder;
import io.offloadlab.graph.ResNets;
import io.offloadlab.graph.Shape;
import io.offloadlab.graph.WeightRef;
import io.offloadlab.models.ModelProfile;
import io.offloadlab.strategy.Route;
import io.offloadlab.strategy.StrategyContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The backbone as components and the exits that branch off it.
 *
 * @param backbone components that exits share, in order: the network without its head
 * @param exits by branch; the last is the head
 */
record Chains(List<Component> backbone, List<ExitPoint> exits) {
  /** Exits by name, with the factor of the first layer's channels after which they branch. */
  private static final Map<String, Integer> WIDENING = Map.of("exit-3", 0, "exit-5", 2);

  private static final int POOL = 4;

  Chains {
    backbone = List.copyOf(backbone);
    exits = List.copyOf(exits);
  }

  static Chains of(StrategyContext context) {
    List<Component> all = context.backbone();
    List<Component> backbone = all.subList(0, all.size() - 1);
    Component head = all.get(all.size() - 1);
    ModelProfile profile = context.profile();
    int width = backbone.get(0).output().channels();
    List<ExitPoint> exits = new ArrayList<>();
    for (String name : List.of("exit-3", "exit-5")) {
      if (profile.exits().containsKey(name)) {
        int branch = branch(backbone, width * WIDENING.get(name));
        exits.add(
            new ExitPoint(
                name,
                branch,
                exit(name, backbone.get(branch - 1).output(), head.output().channels()),
                profile.exits().get(name).accuracy()));
      }
    }
    exits.add(new ExitPoint("head", backbone.size(), head, profile.originalAccuracy()));
    return new Chains(backbone, exits);
  }

  /** After the first component, or after the last one whose output has so many channels. */
  private static int branch(List<Component> backbone, int channels) {
    int branch = 1;
    for (int i = 0; i < backbone.size(); i++) {
      branch = backbone.get(i).output().channels() == channels ? i + 1 : branch;
    }
    return branch;
  }

  /** Basic block, average pool, linear: as trained, see the shipped weights' names. */
  private static Component exit(String name, Shape input, int classes) {
    GraphBuilder g = new GraphBuilder(input);
    ResNets.basicBlock(g, "0", input.channels(), input.channels(), 1);
    g.pool("1", POOL).flatten("2").linear("3", classes);
    String weights = "branch." + name.replace("exit-", "exit_point-") + ".";
    return new Component(
        name,
        g.build(name, List.of()),
        new WeightRef(StrategyContext.BACKBONE_WEIGHTS, "", weights));
  }

  /** Components from the input to an exit. */
  List<Component> chain(ExitPoint exit) {
    List<Component> chain = new ArrayList<>(backbone.subList(0, exit.branch()));
    chain.add(exit.component());
    return chain;
  }

  /** Every component there is. */
  List<Component> components() {
    List<Component> all = new ArrayList<>(backbone);
    exits.forEach(e -> all.add(e.component()));
    return all;
  }

  /**
   * The exit that a route ends at.
   *
   * @throws IllegalArgumentException if it ends at none of these
   */
  ExitPoint exitOf(Route route) {
    String last = route.hops().get(route.hops().size() - 1).component().name();
    return exits.stream()
        .filter(e -> e.component().name().equals(last))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no exit ends in '%s'".formatted(last)));
  }
}
