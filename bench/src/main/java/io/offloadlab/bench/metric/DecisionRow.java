package io.offloadlab.bench.metric;

import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/**
 * How often a strategy chose something.
 *
 * @param strategy name of its entry
 * @param kind what there was to choose
 * @param choice what was chosen
 * @param tasks for how many it was
 * @param share of its tasks, in 0..1
 */
public record DecisionRow(String strategy, Kind kind, String choice, int tasks, double share) {
  /** What there is to decide. */
  public enum Kind {
    /** The component that gives the predictions. */
    EXIT(w -> List.of(w.exit())),
    /** Where the network goes on at another node. */
    SPLIT(w -> w.splits().isEmpty() ? List.of("none") : w.splits()),
    /** The compressed form of a block. */
    VARIANT(
        w ->
            w.stays().stream()
                .flatMap(s -> s.components().stream())
                .filter(c -> c.contains("@"))
                .toList()),
    /** A node that computed. */
    NODE(w -> w.stays().stream().map(Way.Stay::node).toList());

    @SuppressWarnings("ImmutableEnumChecker") // A function of its argument alone.
    private final Function<Way, Collection<String>> choices;

    Kind(Function<Way, Collection<String>> choices) {
      this.choices = choices;
    }

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private static final List<Column<DecisionRow>> COLUMNS =
      List.of(
          Columns.text("strategy", "name of the strategy's entry", r -> r.strategy()),
          Columns.text("decision", "exit, split, variant or node", r -> r.kind().toString()),
          Columns.text("choice", "what was chosen", r -> r.choice()),
          Columns.count("tasks", "for how many tasks", r -> r.tasks()),
          Columns.number("share", Unit.SHARE, "of the strategy's tasks", r -> r.share()));

  /** Every decision that was taken for some tasks; of each kind the most frequent choice first. */
  public static Sheet<DecisionRow> of(List<TaskFact> tasks) {
    Map<String, Integer> all = new LinkedHashMap<>();
    Map<String, Map<Kind, Map<String, Integer>>> counts = new LinkedHashMap<>();
    for (TaskFact t : tasks) {
      all.merge(t.strategy(), 1, Integer::sum);
      for (Kind kind : Kind.values()) {
        for (String choice : new LinkedHashSet<>(kind.choices.apply(t.way()))) {
          counts
              .computeIfAbsent(t.strategy(), s -> new EnumMap<>(Kind.class))
              .computeIfAbsent(kind, k -> new LinkedHashMap<>())
              .merge(choice, 1, Integer::sum);
        }
      }
    }
    List<DecisionRow> rows = new ArrayList<>();
    counts.forEach(
        (strategy, kinds) ->
            kinds.forEach(
                (kind, choices) ->
                    choices.entrySet().stream()
                        .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
                        .forEach(
                            e ->
                                rows.add(
                                    new DecisionRow(
                                        strategy,
                                        kind,
                                        e.getKey(),
                                        e.getValue(),
                                        (double) e.getValue() / all.get(strategy))))));
    return new Sheet<>(COLUMNS, rows);
  }
}
