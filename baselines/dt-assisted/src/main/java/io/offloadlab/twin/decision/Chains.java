package io.offloadlab.twin.decision;

import io.offloadlab.branchynet.BranchyNet;
import io.offloadlab.graph.Component;
import io.offloadlab.models.ModelProfile;
import io.offloadlab.strategy.Route;
import io.offloadlab.strategy.StrategyContext;
import java.util.ArrayList;
import java.util.List;

/**
 * The backbone as components and the exits that branch off it.
 *
 * @param backbone components that exits share, in order: the network without its head
 * @param exits by branch; the last is the head
 */
public record Chains(List<Component> backbone, List<ExitPoint> exits) {
  public Chains {
    backbone = List.copyOf(backbone);
    exits = List.copyOf(exits);
  }

  /** Those of a network, without the exits that were not measured. */
  public static Chains of(StrategyContext context) {
    BranchyNet network = new BranchyNet(context.network());
    List<ExitPoint> exits = new ArrayList<>();
    List<Component> backbone = List.of();
    for (String name : BranchyNet.EXITS) {
      ModelProfile.Exit measured = context.profile().exits().get(name);
      List<Component> chain = network.chain(name);
      int branch = chain.size() - 1;
      backbone = chain.subList(0, branch);
      if (measured != null) {
        exits.add(new ExitPoint(name, branch, chain.get(branch), measured.accuracy()));
      }
    }
    return new Chains(backbone, exits);
  }

  /** Components from the input to an exit. */
  List<Component> chain(ExitPoint exit) {
    List<Component> chain = new ArrayList<>(backbone.subList(0, exit.branch()));
    chain.add(exit.component());
    return chain;
  }

  /** Every component there is. */
  public List<Component> components() {
    List<Component> all = new ArrayList<>(backbone);
    exits.forEach(e -> all.add(e.component()));
    return all;
  }

  /**
   * The exit that a route ends at.
   *
   * @throws IllegalArgumentException if it ends at none of these
   */
  public ExitPoint exitOf(Route route) {
    String last = route.hops().get(route.hops().size() - 1).component().name();
    return exits.stream()
        .filter(e -> e.component().name().equals(last))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no exit ends in '%s'".formatted(last)));
  }
}
