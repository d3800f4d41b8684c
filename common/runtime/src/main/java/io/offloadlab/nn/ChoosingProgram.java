package io.offloadlab.nn;

import io.offloadlab.failure.RunFailure;
import io.offloadlab.graph.Component;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * A program that runs each size of batch as was measured to be fastest. It is loaded by those
 * engines only that it uses.
 */
public final class ChoosingProgram implements Program {
  /**
   * Beyond, all threads pay, and what is fastest for the longest program is for the others, too:
   * trying every one of them would take minutes.
   */
  private static final long LONG_FLOPS = 2_000_000_000L;

  private static final long HEAVY_BYTES = 128L << 20;

  /** A way that takes so many times as long when it first runs is not tried again. */
  private static final double HOPELESS = 3;

  private static final long BUDGET_NANOS = 200_000_000L;
  private static final int FEWEST_ROUNDS = 1;
  private static final int MOST_ROUNDS = 30;

  private final ChoosingEngine engine;
  private final List<Part> chain;
  private final List<Component> components;
  private final Map<Integer, Choice> choices = new ConcurrentHashMap<>();

  /** As others run such a batch: how batches run that were not measured. */
  private final Map<Integer, Choice> assumed = new ConcurrentHashMap<>();

  private final Map<String, Program> loaded = new ConcurrentHashMap<>();
  private volatile boolean closed;

  ChoosingProgram(ChoosingEngine engine, List<Part> chain) {
    this.engine = engine;
    this.chain = List.copyOf(chain);
    this.components = chain.stream().map(Part::component).toList();
  }

  @Override
  public List<Component> components() {
    return components;
  }

  @Override
  public Tensor run(Tensor input) {
    return run(input, engine.threads());
  }

  @Override
  public Tensor run(Tensor input, int threads) {
    Choice choice = choices.get(input.batch());
    if (choice == null) {
      choice = assumed.get(input.batch());
    }
    if (choice == null) {
      choice = assume(input.batch());
    }
    return load(choice.engine()).run(input, Math.min(choice.threads(), threads));
  }

  /** Weights are held once, and not by each engine that might have run them. */
  private Choice assume(int batch) {
    Choice usual = engine.usual(batch);
    assumed.put(batch, usual);
    load(usual.engine());
    unload();
    return usual;
  }

  /** Loads what batches like the last ones will need, while none of them waits for it. */
  public void prepare() {
    int batch = engine.latest();
    if (batch > 0) {
      prepare(choice(batch));
    }
  }

  private void prepare(Choice choice) {
    load(choice.engine()).prepare(choice.threads());
  }

  /** How a batch runs: as measured or told; else as most other programs here do. */
  public Choice choice(int batch) {
    Choice known = choices.get(batch);
    return known != null ? known : assumed.getOrDefault(batch, engine.usual(batch));
  }

  /**
   * Runs batches of this size so from now on, whatever seems fastest here.
   *
   * @throws IllegalArgumentException if there is no such engine here
   */
  public void use(int batch, Choice choice) {
    prepare(choice);
    assumed.remove(batch);
    if (!choice.equals(choices.put(batch, choice))) {
      engine.chose(batch, choice, flops());
    }
  }

  /**
   * Measures how a batch runs fastest, unless that was measured or told before, and runs batches of
   * this size so from now on. What is not used is unloaded. No run may be under way.
   */
  public Choice choose(int batch) {
    Choice known = choices.get(batch);
    if (known != null) {
      unload();
      return known;
    }
    List<Choice> ways = ways(batch);
    boolean asOthers = batch * flops() > LONG_FLOPS && engine.knows(batch);
    Choice best =
        asOthers ? engine.usual(batch) : ways.size() == 1 ? ways.get(0) : fastest(ways, batch);
    prepare(best);
    choices.put(batch, best);
    assumed.remove(batch);
    engine.chose(batch, best, flops());
    unload();
    return best;
  }

  private List<Choice> ways(int batch) {
    List<Integer> counts =
        batch * flops() > LONG_FLOPS ? List.of(engine.threads()) : engine.threadCounts();
    return engine.names().stream()
        .flatMap(name -> counts.stream().map(threads -> new Choice(name, threads)))
        .toList();
  }

  /** Floating-point operations for one sample. */
  public long flops() {
    return components.stream().mapToLong(Component::flops).sum();
  }

  /** The ways take turns, so that whatever else the machine does disturbs all of them alike. */
  private Choice fastest(List<Choice> ways, int batch) {
    ByteBuffer zeros = ByteBuffer.allocateDirect(Math.toIntExact(input().bytes() * batch));
    Map<Choice, List<Long>> nanos = new LinkedHashMap<>();
    try (Tensor x = engine.wrap(zeros, batch, input())) {
      long begun = System.nanoTime();
      Map<Choice, Long> first = new LinkedHashMap<>();
      RunFailure failure = null;
      for (Choice way : ways) {
        try {
          // What an engine does once, at its first run, does not count.
          once(way, x);
          first.put(way, once(way, x));
        } catch (RunFailure e) {
          // Another engine may.
          failure = e;
        }
      }
      if (first.isEmpty()) {
        throw failure;
      }
      long least = first.values().stream().mapToLong(Long::longValue).min().orElseThrow();
      first.forEach(
          (way, took) -> {
            if (took <= HOPELESS * least) {
              nanos.put(way, new ArrayList<>(List.of(took)));
            }
          });
      for (int round = 0; nanos.size() > 1 && round < MOST_ROUNDS; round++) {
        if (round >= FEWEST_ROUNDS && System.nanoTime() - begun > BUDGET_NANOS * ways.size()) {
          break;
        }
        nanos.forEach((way, took) -> took.add(once(way, x)));
      }
    }
    Choice best = null;
    long shortest = Long.MAX_VALUE;
    for (Map.Entry<Choice, List<Long>> e : nanos.entrySet()) {
      // A quarter, because other work only ever makes a run longer, and more threads suffer more.
      long quarter =
          e.getValue().stream().sorted().skip(e.getValue().size() / 4).findFirst().orElseThrow();
      if (quarter < shortest) {
        shortest = quarter;
        best = e.getKey();
      }
    }
    return best;
  }

  private long once(Choice way, Tensor x) {
    long start = System.nanoTime();
    try (Tensor y = load(way.engine()).run(x, way.threads())) {
      // Other nodes want bytes, so that putting them in order counts.
      y.bytes();
      return System.nanoTime() - start;
    }
  }

  private void unload() {
    Map<String, Set<Integer>> used = new HashMap<>();
    Stream.concat(choices.values().stream(), assumed.values().stream())
        .forEach(c -> used.computeIfAbsent(c.engine(), e -> new HashSet<>()).add(c.threads()));
    for (String name : List.copyOf(loaded.keySet())) {
      if (used.containsKey(name)) {
        loaded.get(name).keep(used.get(name));
      } else {
        loaded.remove(name).close();
      }
    }
  }

  /** What an engine needs to run this, once. */
  Program load(String name) {
    if (closed) {
      throw new IllegalStateException("'%s' is closed".formatted(this));
    }
    return loaded.computeIfAbsent(name, this::loadOnce);
  }

  /**
   * Loading makes several copies of the weights on the way. Of heavy ones they are given back at
   * once: a heap that grew by gigabytes takes memory from the other nodes on the machine.
   */
  private Program loadOnce(String name) {
    Program program = engine.load(name, chain);
    if (components.stream().mapToLong(Component::bytes).sum() > HEAVY_BYTES) {
      System.gc();
    }
    return program;
  }

  @Override
  public void close() {
    closed = true;
    Collection<Program> all = loaded.values();
    all.forEach(Program::close);
    all.clear();
  }

  @Override
  public String toString() {
    return String.join(">", components.stream().map(Component::name).toList());
  }
}
