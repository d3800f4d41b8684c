package io.offloadlab.profile;

import io.offloadlab.graph.Component;
import io.offloadlab.profile.ProfiledNode.Rounds;
import io.offloadlab.profile.ProfiledNode.Time;
import io.offloadlab.strategy.Inference;
import io.offloadlab.strategy.Inference.Way;
import io.offloadlab.strategy.SystemView.NodeView;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Measures what one node computes. */
final class NodeMeasurement {
  private static final Rounds ROUNDS = new Rounds(15, 2);

  /** Pairs that save next to nothing would be made to save everything. */
  private static final double MOST_SHARE = 2;

  /** Beyond, fewer cores are taken to be slower in proportion. */
  private static final int MOST_CORES = 8;

  private final ProfiledNode node;
  private final List<Component> components;
  private final List<List<String>> programs = new ArrayList<>();
  private final List<List<Component>> chains;
  private final int batch;

  /**
   * @param chains of components, one program each: pairs tell what the joint in them saves, longer
   *     ones how much that is of what all joints of a program save
   */
  NodeMeasurement(
      ProfiledNode node, List<Component> components, List<List<Component>> chains, int batch) {
    this.node = node;
    this.components = components;
    this.chains = chains;
    this.batch = batch;
    components.forEach(c -> programs.add(List.of(c.name())));
    chains.forEach(chain -> programs.add(chain.stream().map(Component::name).toList()));
  }

  NodeView view() {
    List<Time> times = times(programs, ROUNDS, 0);
    Map<String, Double> alone = new HashMap<>();
    Map<String, Way> ways = new HashMap<>();
    double flops = 0;
    for (int i = 0; i < programs.size(); i++) {
      Time time = times.get(i);
      ways.put(Inference.program(programs.get(i)), new Way(time.engine(), time.threads()));
      if (i < components.size()) {
        alone.put(components.get(i).name(), time.seconds());
        flops += (double) components.get(i).flops() * batch;
      }
    }
    double speed = flops / sum(times, components.size());
    return new NodeView(node.name(), speed, node.cores(), node.memoryBytes(), alone)
        .with(new Inference(joints(times, alone), slowdown(times), ways));
  }

  private List<Time> times(List<List<String>> of, Rounds rounds, int cores) {
    return Profiler.await(node.times(of, batch, rounds, cores));
  }

  private static double sum(List<Time> times, int first) {
    return times.stream().limit(first).mapToDouble(Time::seconds).sum();
  }

  /** What a joint saves, by the tensor at it: what its pairs save on average, in the right sum. */
  private Map<Long, Double> joints(List<Time> times, Map<String, Double> alone) {
    Map<Long, List<Double>> pairs = new HashMap<>();
    for (int i = 0; i < chains.size(); i++) {
      if (chains.get(i).size() == 2) {
        pairs
            .computeIfAbsent(between(chains.get(i), 1), b -> new ArrayList<>())
            .add(bounded(i, saved(i, times, alone), alone));
      }
    }
    Map<Long, Double> joints = new HashMap<>();
    pairs.forEach(
        (bytes, all) ->
            joints.put(
                bytes,
                Math.max(0, all.stream().mapToDouble(Double::doubleValue).average().orElse(0))));
    double share = share(joints, times, alone);
    joints.replaceAll((bytes, saved) -> saved * share);
    return joints;
  }

  /** No joint saves more than half of what is joined: the rest was other work on the machine. */
  private double bounded(int chain, double saved, Map<String, Double> alone) {
    double shorter =
        chains.get(chain).stream().mapToDouble(c -> alone.get(c.name())).min().orElseThrow();
    return Math.min(saved, shorter / 2);
  }

  private static long between(List<Component> chain, int before) {
    return chain.get(before).input().bytes();
  }

  private double saved(int chain, List<Time> times, Map<String, Double> alone) {
    double single = chains.get(chain).stream().mapToDouble(c -> alone.get(c.name())).sum();
    return single - times.get(components.size() + chain).seconds();
  }

  /** How much of what pairs save long programs do. */
  private double share(Map<Long, Double> joints, List<Time> times, Map<String, Double> alone) {
    double saved = 0;
    double expected = 0;
    for (int i = 0; i < chains.size(); i++) {
      List<Component> chain = chains.get(i);
      if (chain.size() > 2) {
        saved += saved(i, times, alone);
        for (int at = 1; at < chain.size(); at++) {
          expected += joints.getOrDefault(between(chain, at), 0.0);
        }
      }
    }
    return expected == 0 ? 1 : Math.max(0, Math.min(MOST_SHARE, saved / expected));
  }

  /** Of the last chain with fewer cores; of all components where there is no chain. */
  private List<Double> slowdown(List<Time> all) {
    boolean single = components.size() == programs.size();
    // The longest chain comes last.
    int from = single ? 0 : programs.size() - 1;
    List<List<String>> measured = programs.subList(from, programs.size());
    double fastest = all.stream().skip(from).mapToDouble(Time::seconds).sum();
    List<Double> slowdown = new ArrayList<>();
    for (int cores = 1; cores < Math.min(node.cores(), MOST_CORES); cores++) {
      double seconds = sum(times(measured, ROUNDS, cores), measured.size());
      slowdown.add(Math.max(1, seconds / fastest));
    }
    return slowdown;
  }
}
