package io.offloadlab.node;

import io.offloadlab.failure.RunFailure;
import io.offloadlab.nn.Choice;
import io.offloadlab.nn.ChoosingEngine;
import io.offloadlab.nn.ChoosingProgram;
import io.offloadlab.nn.Part;
import io.offloadlab.weights.ComponentWeights;
import io.offloadlab.wire.Message.Assembly;
import io.offloadlab.wire.Message.Placement;
import io.offloadlab.wire.Message.Step;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * What a node can run: each component that it holds by itself, and rows of them as one program.
 * Changed by one thread, read by any.
 */
final class Programs {
  /** Rows that nobody announced are kept as long as there are no more than these. */
  private static final int MOST_ROWS = 64;

  private static final int MOST_RUNNERS = 1024;

  private record Loaded(Placement placement, ChoosingProgram program) {}

  private record Row(List<Placement> placements, ChoosingProgram program) {}

  /** What runs the first of some steps, and how many of them. */
  record Runner(ChoosingProgram program, int steps) {}

  /**
   * What is held at one time.
   *
   * @param runners of steps that came, so that the next task finds them without looking
   */
  private record State(
      Map<String, Loaded> components,
      Map<List<String>, Row> rows,
      Function<Placement, ComponentWeights> weights,
      Map<List<Step>, Runner> runners) {
    State(
        Map<String, Loaded> components,
        Map<List<String>, Row> rows,
        Function<Placement, ComponentWeights> weights) {
      this(Map.copyOf(components), Map.copyOf(rows), weights, new ConcurrentHashMap<>());
    }
  }

  private final String node;
  private final ChoosingEngine engine;
  private volatile State state =
      new State(
          Map.of(),
          Map.of(),
          p -> {
            throw new IllegalStateException("nothing is held");
          });

  Programs(String node, ChoosingEngine engine) {
    this.node = node;
    this.engine = engine;
  }

  /**
   * Holds exactly these from now on. When something cannot be loaded, nothing changes.
   *
   * @return what is not held any more, to be closed by the caller when nothing runs it
   */
  List<ChoosingProgram> hold(
      List<Placement> placements,
      List<Assembly> assemblies,
      int batch,
      Function<Placement, ComponentWeights> weights) {
    State before = state;
    Map<String, Loaded> components = new HashMap<>();
    Map<List<String>, Row> rows = new HashMap<>();
    List<ChoosingProgram> added = new ArrayList<>();
    try {
      for (Placement p : placements) {
        Loaded there = before.components.get(p.component().name());
        if (there == null || !there.placement.equals(p)) {
          there = new Loaded(p, load(List.of(p), weights));
          added.add(there.program);
        }
        components.put(p.component().name(), there);
      }
      before.rows.forEach(
          (names, row) -> {
            if (row.placements.stream()
                .allMatch(p -> isHeld(components.get(p.component().name()), p))) {
              rows.put(names, row);
            }
          });
      for (Assembly a : assemblies) {
        List<Placement> chain = placements(components, a.components());
        ChoosingProgram program;
        if (chain.size() == 1) {
          program = components.get(a.components().get(0)).program;
        } else if (rows.containsKey(a.components())) {
          program = rows.get(a.components()).program;
        } else {
          program = load(chain, weights);
          added.add(program);
          rows.put(a.components(), new Row(chain, program));
        }
        if (batch == 0) {
          program.prepare();
        } else if (!a.isFree()) {
          use(program, batch, a);
        }
      }
    } catch (RuntimeException | Error e) {
      added.forEach(ChoosingProgram::close);
      throw e;
    }
    state = new State(components, rows, weights);
    List<ChoosingProgram> gone = new ArrayList<>();
    before.components.forEach(
        (name, l) -> {
          if (!l.equals(components.get(name))) {
            gone.add(l.program);
          }
        });
    before.rows.forEach(
        (names, row) -> {
          if (!row.equals(rows.get(names))) {
            gone.add(row.program);
          }
        });
    return gone;
  }

  private static boolean isHeld(Loaded there, Placement p) {
    return there != null && there.placement.equals(p);
  }

  private ChoosingProgram load(
      List<Placement> chain, Function<Placement, ComponentWeights> weights) {
    try {
      return engine.load(
          chain.stream().map(p -> new Part(p.component(), () -> weights.apply(p))).toList());
    } catch (IllegalArgumentException e) {
      throw new RunFailure(
          "%s cannot run %s as one program: %s".formatted(node, names(chain), e.getMessage()), e);
    }
  }

  private void use(ChoosingProgram program, int batch, Assembly told) {
    try {
      program.use(batch, new Choice(told.engine(), told.threads()));
    } catch (IllegalArgumentException e) {
      throw new RunFailure(
          "%s cannot run '%s' as the view says (%s): measure a new view"
              .formatted(node, program, e.getMessage()),
          e);
    }
  }

  private List<Placement> placements(Map<String, Loaded> components, List<String> names) {
    List<Placement> chain = new ArrayList<>();
    for (String name : names) {
      chain.add(held(components, name).placement);
    }
    return chain;
  }

  private Loaded held(Map<String, Loaded> components, String name) {
    Loaded there = components.get(name);
    if (there == null) {
      throw new RunFailure(
          "%s does not hold '%s', only %s".formatted(node, name, components.keySet()));
    }
    return there;
  }

  private static List<String> names(List<Placement> chain) {
    return chain.stream().map(p -> p.component().name()).toList();
  }

  /**
   * Makes a row of held components one program, if all of them are held still and none is heavy.
   */
  void assemble(List<String> names) {
    State now = state;
    if (now.rows.size() >= MOST_ROWS
        || now.rows.containsKey(names)
        || !now.components.keySet().containsAll(Set.copyOf(names))) {
      return;
    }
    List<Placement> chain = placements(now.components, names);
    if (chain.stream().anyMatch(p -> Holding.isHeavy(p.component()))) {
      return;
    }
    Map<List<String>, Row> rows = new HashMap<>(now.rows);
    ChoosingProgram program = load(chain, now.weights);
    program.prepare();
    rows.put(List.copyOf(names), new Row(chain, program));
    state = new State(now.components, rows, now.weights);
  }

  /**
   * The program of these components in a row.
   *
   * @throws RunFailure if it is not held
   */
  ChoosingProgram program(List<String> names) {
    State now = state;
    if (names.size() == 1) {
      return held(now.components, names.get(0)).program;
    }
    Row row = now.rows.get(names);
    if (row == null) {
      throw new RunFailure("%s does not hold %s as one program".formatted(node, names));
    }
    return row.program;
  }

  /**
   * The program for as many of the first steps as there is one for.
   *
   * @throws RunFailure if not even the first one is held
   */
  Runner runner(List<Step> steps) {
    State now = state;
    Runner known = now.runners.get(steps);
    if (known == null) {
      known = find(now, steps.stream().map(Step::component).toList());
      if (now.runners.size() < MOST_RUNNERS) {
        now.runners.put(List.copyOf(steps), known);
      }
    }
    return known;
  }

  private Runner find(State now, List<String> names) {
    for (int n = names.size(); n > 1; n--) {
      Row row = now.rows.get(names.subList(0, n));
      if (row != null) {
        return new Runner(row.program, n);
      }
    }
    return new Runner(held(now.components, names.get(0)).program, 1);
  }
}
