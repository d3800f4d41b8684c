package io.offloadlab.nn;

import io.offloadlab.graph.Shape;
import java.nio.ByteBuffer;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * One engine, or several of which each program takes the fastest: which one that is, and with how
 * many threads, depends on the program, the batch and the machine, and so it is measured.
 */
public final class ChoosingEngine implements Engine {
  private final Map<String, Engine> engines;
  private final int threads;

  /** What was chosen for other programs, by batch: what a new one begins with. */
  private final Map<Integer, Map<Choice, Long>> chosen = new HashMap<>();

  /** The batch that something was last chosen for; 0 before that. */
  private int latest;

  private ChoosingEngine(Map<String, Engine> engines, int threads) {
    this.engines = engines;
    this.threads = threads;
  }

  /**
   * Starts the engines that a name stands for.
   *
   * @param name one of {@link Engines#names}
   * @param threads cores that one inference may use, at least 1; without meaning on a GPU
   * @return owned by the caller
   * @throws io.offloadlab.failure.RunFailure if there is no such engine, or it cannot run here
   */
  public static ChoosingEngine open(String name, Processor processor, int threads) {
    Map<String, Engine> engines = new LinkedHashMap<>();
    try {
      for (EngineProvider provider : Engines.of(name, processor)) {
        engines.put(provider.name(), provider.open(processor, threads));
      }
    } catch (RuntimeException | Error e) {
      engines.values().forEach(Engine::close);
      throw e;
    }
    return new ChoosingEngine(engines, threads);
  }

  @Override
  public ChoosingProgram load(List<Part> chain) {
    // Weights that are missing or do not fit are told of now, not at the first task.
    chain.forEach(part -> part.weights().get().requireFor(part.component()));
    return new ChoosingProgram(this, chain);
  }

  @Override
  public Tensor wrap(ByteBuffer bytes, int batch, Shape shape) {
    return HostTensor.over(bytes, batch, shape);
  }

  @Override
  public int threads() {
    return threads;
  }

  /** Names of the engines, the one to begin with first. */
  List<String> names() {
    return List.copyOf(engines.keySet());
  }

  private String first() {
    return engines.keySet().iterator().next();
  }

  Program load(String engine, List<Part> chain) {
    Engine there = engines.get(engine);
    if (there == null) {
      throw new IllegalArgumentException("no engine '%s' but %s".formatted(engine, names()));
    }
    return there.load(chain);
  }

  /** Numbers of threads that are worth measuring: all, half and one. */
  List<Integer> threadCounts() {
    return IntStream.of(threads, threads / 2, 1).filter(t -> t > 0).distinct().boxed().toList();
  }

  /** Whether a program was measured with such a batch. */
  synchronized boolean knows(int batch) {
    return chosen.containsKey(batch);
  }

  /** The batch that something was last chosen for; 0 before that. */
  synchronized int latest() {
    return latest;
  }

  /** How such a batch runs most of the operations of programs that were measured. */
  synchronized Choice usual(int batch) {
    return chosen.getOrDefault(batch, Map.of()).entrySet().stream()
        .max(
            Map.Entry.<Choice, Long>comparingByValue()
                .thenComparing(Map.Entry::getKey, Comparator.comparing(Choice::toString)))
        .map(Map.Entry::getKey)
        .orElse(new Choice(first(), threads));
  }

  synchronized void chose(int batch, Choice choice, long flops) {
    chosen.computeIfAbsent(batch, b -> new HashMap<>()).merge(choice, flops, Long::sum);
    latest = batch;
  }

  @Override
  public void close() {
    engines.values().forEach(Engine::close);
  }

  @Override
  public String toString() {
    return String.join("|", engines.keySet());
  }
}
