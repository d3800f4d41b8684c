package io.offloadlab.bench.run;

import io.offloadlab.failure.RunFailure;
import io.offloadlab.graph.Component;
import io.offloadlab.models.ModelDirectory;
import io.offloadlab.strategy.OffloadStrategy;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Those who take part in a run; closing closes their strategies.
 *
 * @param list in the order of the table
 * @param infeasible those who cannot
 */
public record Entrants(List<Entrant> list, InfeasibleEntries infeasible) implements AutoCloseable {
  /** Copies the list. */
  public Entrants {
    list = List.copyOf(list);
  }

  /** Where all can. */
  public Entrants(List<Entrant> list) {
    this(list, new InfeasibleEntries());
  }

  /**
   * Every component that one of them may use, once each.
   *
   * @throws RunFailure if two of them have different components of one name
   */
  public List<Component> components() {
    List<Component> all = list.stream().flatMap(e -> e.strategy().components().stream()).toList();
    try {
      return List.copyOf(Component.byName(all).values());
    } catch (IllegalArgumentException e) {
      throw new RunFailure(
          "%s cannot run side by side: %s"
              .formatted(
                  list.stream().map(Entrant::name).collect(Collectors.joining(", ")),
                  e.getMessage()),
          e);
    }
  }

  /** The network that all of them begin with, if its components are among theirs. */
  public List<List<Component>> chains(ModelDirectory model) {
    List<Component> backbone = model.network().components(model.backbone());
    return Set.copyOf(components()).containsAll(backbone) ? List.of(backbone) : List.of();
  }

  @Override
  public void close() {
    Closing.all(strategies(list));
  }

  static List<OffloadStrategy> strategies(List<Entrant> entrants) {
    return entrants.stream().map(Entrant::strategy).toList();
  }
}
