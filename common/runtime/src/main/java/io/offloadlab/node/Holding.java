package io.offloadlab.node;

import io.offloadlab.graph.Component;
import io.offloadlab.strategy.Hop;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a node holds.
 *
 * @param components by name
 * @param programs names of the components of each, in order: what is to run as one
 */
record Holding(Map<String, Component> components, Set<List<String>> programs) {
  /** Each takes memory for its weights; strategies that plan again and again may ask for many. */
  private static final int MOST_PROGRAMS = 64;

  /** Weights are held once more for every program that they are part of. */
  private static final long HEAVY_BYTES = 128L << 20;

  static final Holding NOTHING = new Holding(Map.of(), Set.of());

  /**
   * Components that run by themselves, or however tasks come.
   *
   * @throws IllegalArgumentException if two that differ have one name
   */
  static Holding of(Collection<Component> components) {
    return new Holding(Component.byName(components), Set.of());
  }

  /**
   * Whether a component is a program by itself, whatever runs before and behind it: to hold its
   * weights once for each way that tasks take would fill the memory, and what a joint saves is
   * nothing beside it.
   */
  static boolean isHeavy(Component component) {
    return component.bytes() >= HEAVY_BYTES;
  }

  /**
   * What a stay of a task on a node runs: hops that neither an exit beside the chain nor a heavy
   * component divides.
   */
  static Holding programs(List<Hop> stay) {
    Set<List<String>> programs = new LinkedHashSet<>();
    List<String> row = new ArrayList<>();
    Hop before = null;
    for (Hop hop : stay) {
      boolean joins =
          before != null
              && !hop.sideBranch()
              && !before.sideBranch()
              && !isHeavy(hop.component())
              && !isHeavy(before.component())
              && hop.cores() == before.cores();
      if (!joins && !row.isEmpty()) {
        programs.add(List.copyOf(row));
        row.clear();
      }
      row.add(hop.component().name());
      before = hop;
    }
    programs.add(List.copyOf(row));
    return new Holding(Map.of(), programs);
  }

  /** Both; a component takes the place of one of the same name, and of programs with that. */
  Holding and(Holding more) {
    Map<String, Component> all = new HashMap<>(components);
    Set<List<String>> rows = new LinkedHashSet<>(programs);
    more.components.forEach(
        (name, component) -> {
          Component before = all.put(name, component);
          if (before != null && !before.equals(component)) {
            rows.removeIf(row -> row.contains(name));
          }
        });
    rows.removeAll(more.programs);
    rows.addAll(more.programs);
    // A task whose program was let go runs its components one by one until it is made again.
    Iterator<List<String>> oldest = rows.iterator();
    for (int over = rows.size() - MOST_PROGRAMS; over > 0; over--) {
      oldest.next();
      oldest.remove();
    }
    return new Holding(Map.copyOf(all), rows);
  }

  boolean has(Component component) {
    return component.equals(components.get(component.name()));
  }
}
