package io.offloadlab.twin.decision;

import io.offloadlab.graph.Component;
import io.offloadlab.graph.Shape;
import io.offloadlab.strategy.Hop;
import io.offloadlab.strategy.LatencyModel;
import io.offloadlab.strategy.NodeId;
import io.offloadlab.strategy.Scenario;
import io.offloadlab.strategy.SystemView;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * All ways for one device to stop, by boundary, with their costs in one view of the system.
 *
 * @param reach seconds from a task's turn until each boundary
 * @param atArrival stops without the device: its queue is not joined
 * @param atBoundary stops by boundary; empty where every stop is pruned or none is possible
 * @param last the last boundary with a stop
 * @param pruned stops left out because another one is never worse
 */
public record DecisionSpace(
    List<Double> reach,
    List<Action> atArrival,
    List<List<Action>> atBoundary,
    int last,
    int pruned) {

  /**
   * The decisions of a device.
   *
   * @param stops that the device may choose from
   * @param prune whether stops are left out that another one is at least as good as in every state
   *     of the queues
   */
  public static DecisionSpace of(
      Chains chains,
      Scenario scenario,
      Stops stops,
      SystemView view,
      NodeId device,
      int batch,
      EnergyModel energy,
      double beta,
      boolean prune) {
    LatencyModel model = new LatencyModel(view);
    List<Stop> possible = stops.of(device);
    Costs first =
        new Costs(
            chains, scenario, view, model, device, batch, energy, boundaries(possible.stream()));
    List<Action> all = possible.stream().map(first::of).toList();
    // Where no stop is left the device does not ask, and goes on in one program.
    List<Stop> left =
        IntStream.range(0, all.size())
            .filter(i -> !prune || !dominated(all.get(i), all, beta))
            .mapToObj(possible::get)
            .toList();
    Costs costs =
        new Costs(chains, scenario, view, model, device, batch, energy, boundaries(left.stream()));
    List<Action> kept = left.stream().map(costs::of).toList();
    int last = kept.stream().mapToInt(Action::boundary).max().orElse(0);
    List<List<Action>> atBoundary = new ArrayList<>();
    for (int l = 0; l <= last; l++) {
      int boundary = l;
      // What is at the cloud already is not uploaded from the device.
      boolean none = l == 0 && scenario.tasksAtCloud();
      atBoundary.add(kept.stream().filter(a -> !none && a.boundary() == boundary).toList());
    }
    return new DecisionSpace(
        Arrays.stream(costs.reach).boxed().toList(),
        kept.stream().filter(a -> a.boundary() == 0).toList(),
        atBoundary,
        last,
        all.size() - kept.size());
  }

  private static Set<Integer> boundaries(Stream<Stop> stops) {
    return stops.map(Stop::boundary).collect(Collectors.toSet());
  }

  /** Every stop that is left. */
  public List<Action> all() {
    List<Action> all = new ArrayList<>(atArrival);
    atBoundary.stream().skip(1).forEach(all::addAll);
    return all;
  }

  /** The next boundary after one at which stopping is possible; -1 if there is none. */
  public int next(int boundary) {
    for (int l = boundary + 1; l <= last; l++) {
      if (!atBoundary.get(l).isEmpty()) {
        return l;
      }
    }
    return -1;
  }

  /**
   * Whether another stop is never worse, whatever waits where: it holds the device no longer, is no
   * less accurate, and what it may lose in delay it saves in energy. A stop that hindsight would
   * never choose, as in the necessary conditions of Hu et al., section V.
   */
  private static boolean dominated(Action a, List<Action> all, double beta) {
    return all.stream().anyMatch(b -> !b.equals(a) && dominates(b, a, beta));
  }

  private static boolean dominates(Action b, Action a, double beta) {
    boolean noLonger = b.hold() <= a.hold() && b.reach() <= a.reach();
    if (!noLonger || b.accuracy() < a.accuracy() || !a.upload()) {
      return false;
    }
    double later;
    if (b.upload()) {
      if (b.sending() > a.sending()) {
        return false;
      }
      // The uplink is what both wait for, or the cloud is, which then serves both in turn.
      double uplinkBusy = b.sending() + b.cloud() - a.sending() - a.cloud();
      later = Math.max(uplinkBusy, b.cloud() - a.cloud()) + b.returning() - a.returning();
    } else {
      later = b.idleSeconds() - a.idleSeconds();
    }
    double gain = beta * (a.joules() - b.joules()) - later;
    return gain > 0 || (gain == 0 && b.boundary() < a.boundary());
  }

  /** Reckons what each stop costs. */
  private static final class Costs {
    private final Chains chains;
    private final boolean tasksAtCloud;
    private final SystemView view;
    private final LatencyModel model;
    private final NodeId device;
    private final int batch;
    private final EnergyModel energy;
    private final NodeId source;
    private final double fetching;
    final double[] reach;

    Costs(
        Chains chains,
        Scenario scenario,
        SystemView view,
        LatencyModel model,
        NodeId device,
        int batch,
        EnergyModel energy,
        Set<Integer> asksAt) {
      this.chains = chains;
      this.tasksAtCloud = scenario.tasksAtCloud();
      this.view = view;
      this.model = model;
      this.device = device;
      this.batch = batch;
      this.energy = energy;
      this.source = scenario.tasksAtCloud() ? NodeId.CLOUD : device;
      reach = new double[chains.backbone().size() + 1];
      fetching = model.transferSeconds(source, device, input(), batch);
      for (int l = 1; l < reach.length; l++) {
        Component c = chains.backbone().get(l - 1);
        boolean begins = l == 1 || asksAt.contains(l - 1);
        reach[l] =
            reach[l - 1]
                + (begins ? model.startSeconds(device, c.input(), batch) : 0)
                + model.joinedSeconds(device, c, batch);
      }
    }

    private Shape input() {
      return chains.backbone().get(0).input();
    }

    Action of(Stop stop) {
      return stop.upload() ? upload(stop.exit(), stop.boundary()) : finish(stop.exit());
    }

    private Action upload(ExitPoint exit, int l) {
      boolean stays = l == 0 && tasksAtCloud;
      Shape tensor = l == 0 ? input() : chains.backbone().get(l - 1).output();
      SystemView.LinkView link = view.link(device);
      double sending = stays ? 0 : tensor.bytes() * batch / link.upBytesPerSecond();
      List<Component> chain = chains.chain(exit);
      List<Hop> rest =
          chain.subList(l, chain.size()).stream().map(c -> new Hop(c, NodeId.CLOUD)).toList();
      double cloud = model.computeSeconds(rest, batch);
      return new Action(
          l,
          exit,
          true,
          stays ? 0 : fetching,
          reach[l],
          0,
          sending,
          stays ? 0 : link.rttSeconds() / 2,
          cloud,
          model.transferSeconds(NodeId.CLOUD, source, exit.component().output(), batch),
          energy.joules(reach[l], sending));
    }

    private Action finish(ExitPoint exit) {
      double tail = model.computeSeconds(device, exit.component(), batch);
      int l = exit.branch();
      Shape scores = exit.component().output();
      double back = model.transferSeconds(device, source, scores, batch);
      double sending =
          source.isCloud() ? scores.bytes() * batch / view.link(device).upBytesPerSecond() : 0;
      return new Action(
          l,
          exit,
          false,
          fetching,
          reach[l],
          tail,
          0,
          0,
          0,
          back,
          energy.joules(reach[l] + tail, sending));
    }
  }
}
