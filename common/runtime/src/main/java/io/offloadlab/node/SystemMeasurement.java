package io.offloadlab.node;

import io.offloadlab.graph.Component;
import io.offloadlab.profile.ProfiledLink;
import io.offloadlab.profile.ProfiledNode;
import io.offloadlab.profile.Profiler;
import io.offloadlab.profile.ProfilingProgress;
import io.offloadlab.strategy.Hop;
import io.offloadlab.strategy.NodeId;
import io.offloadlab.strategy.SystemView;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What is measured of a system.
 *
 * @param components each by itself
 * @param rows of components, each as one program: pairs first, the longest last
 * @param batch images per task
 */
record SystemMeasurement(List<Component> components, List<List<Component>> rows, int batch) {
  /** Deeper networks repeat themselves. */
  private static final int MOST_PAIRS = 48;

  /** Beyond, what two programs take differs by less than what their joint saves. */
  private static final long LONG_FLOPS = 20_000_000_000L;

  /**
   * The components, the chains, and pairs of neighbours in these, from which follows what a joint
   * saves: all of them, or one for each size of tensor between two where a chain takes long. Heavy
   * components, which are joined to nothing, are left out of both.
   */
  static SystemMeasurement of(List<Component> components, List<List<Component>> chains, int batch) {
    Set<List<Component>> rows = new LinkedHashSet<>();
    Set<Long> sizes = new HashSet<>();
    for (List<Component> chain : chains) {
      boolean all = batch * chain.stream().mapToLong(Component::flops).sum() < LONG_FLOPS;
      for (int i = 1; i < chain.size() && rows.size() < MOST_PAIRS; i++) {
        boolean first = sizes.add(chain.get(i).input().bytes());
        List<Component> pair = List.copyOf(chain.subList(i - 1, i + 1));
        if ((all || first) && pair.stream().noneMatch(Holding::isHeavy)) {
          rows.add(pair);
        }
      }
    }
    chains.forEach(chain -> rows.addAll(joined(chain)));
    return new SystemMeasurement(components, List.copyOf(rows), batch);
  }

  /** The parts of a chain that run as one program. */
  private static List<List<Component>> joined(List<Component> chain) {
    List<List<Component>> parts = new ArrayList<>();
    int from = 0;
    for (int i = 0; i <= chain.size(); i++) {
      if (i == chain.size() || Holding.isHeavy(chain.get(i))) {
        if (i - from > 1) {
          parts.add(List.copyOf(chain.subList(from, i)));
        }
        from = i + 1;
      }
    }
    return parts;
  }

  /**
   * What nodes hold meanwhile.
   *
   * @throws io.offloadlab.failure.RunFailure if two components that differ have one name
   */
  Map<NodeId, Holding> holdings(Collection<NodeId> nodes) {
    Map<NodeId, Holding> all = new HashMap<>();
    for (NodeId node : nodes) {
      Holding holding = Deployer.holding(node, components);
      for (List<Component> row : rows) {
        holding = holding.and(Holding.programs(row.stream().map(c -> new Hop(c, node)).toList()));
      }
      all.put(node, holding);
    }
    return all;
  }

  /** Measures nodes that hold it all. */
  SystemView of(List<ProfiledNode> nodes, List<ProfiledLink> links, ProfilingProgress progress) {
    return new Profiler(nodes, links).measure(components, rows, batch, progress);
  }
}
