package io.offloadlab.bench.run;

import io.offloadlab.graph.Component;
import io.offloadlab.strategy.OffloadStrategy;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Those who take part in a run; closing closes their strategies.
 *
 * @param list in the order of the table
 */
public record Entrants(List<Entrant> list) implements AutoCloseable {
  /** Copies the list. */
  public Entrants {
    list = List.copyOf(list);
  }

  /** Every component that one of them may use, by name. */
  public List<Component> components() {
    return List.copyOf(
        list.stream()
            .flatMap(e -> e.strategy().components().stream())
            .collect(Collectors.toMap(Component::name, c -> c, (a, b) -> a, LinkedHashMap::new))
            .values());
  }

  @Override
  public void close() {
    Closing.all(strategies(list));
  }

  static List<OffloadStrategy> strategies(List<Entrant> entrants) {
    return entrants.stream().map(Entrant::strategy).toList();
  }
}
