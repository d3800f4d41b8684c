package io.offloadlab.node;

import io.netty.buffer.ByteBuf;
import io.offloadlab.course.Entropy;
import io.offloadlab.failure.RunFailure;
import io.offloadlab.nn.Engine;
import io.offloadlab.nn.LoadedComponent;
import io.offloadlab.nn.Tensor;
import io.offloadlab.weights.ComponentWeights;
import io.offloadlab.wire.Message.Placement;
import io.offloadlab.wire.Message.Step;
import io.offloadlab.wire.Segment;
import io.offloadlab.wire.TensorPayload;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The components that a node holds, and the thread that runs them. Loading happens beside it, so
 * that a change of variants does not stop the stream.
 */
final class ComponentHost implements AutoCloseable {
  /** What computing gave, and when. */
  record Computed(Segment segment, TensorPayload tensor) {}

  private record Loaded(Placement placement, LoadedComponent component) {}

  private final String name;
  private final Engine engine;
  private final ComputeThread compute;
  private final ExecutorService loader;
  private volatile Map<String, Loaded> held = Map.of();

  ComponentHost(String name, Engine.Processor device, int threads) {
    this.name = name;
    this.engine = Engine.open(device, threads);
    this.compute = new ComputeThread(name);
    this.loader =
        Executors.newSingleThreadExecutor(
            work -> {
              Thread thread = new Thread(work, name + " loader");
              thread.setDaemon(true);
              return thread;
            });
  }

  ComputeThread computeThread() {
    return compute;
  }

  Engine engine() {
    return engine;
  }

  /** Work to be done before the next {@link #hold} that is asked for, on the same thread. */
  <T> CompletableFuture<T> beforeLoading(Supplier<T> work) {
    return CompletableFuture.supplyAsync(work, loader);
  }

  /**
   * Holds exactly these components from now on. What is held already stays; what is not asked for
   * any more is closed after the work that is queued now. When a component cannot be loaded,
   * nothing changes.
   *
   * @param weights of a placement
   */
  CompletableFuture<Void> hold(
      List<Placement> placements, Function<Placement, ComponentWeights> weights) {
    return CompletableFuture.runAsync(() -> swap(placements, weights), loader);
  }

  private void swap(List<Placement> placements, Function<Placement, ComponentWeights> weights) {
    Map<String, Loaded> before = held;
    Map<String, Loaded> after = new HashMap<>();
    List<LoadedComponent> added = new ArrayList<>();
    try {
      for (Placement p : placements) {
        Loaded there = before.get(p.component().name());
        if (there == null || !there.placement.equals(p)) {
          there = new Loaded(p, engine.load(p.component(), weights.apply(p)));
          added.add(there.component);
        }
        after.put(p.component().name(), there);
      }
    } catch (RuntimeException | Error e) {
      added.forEach(LoadedComponent::close);
      throw e;
    }
    held = after;
    List<LoadedComponent> gone =
        before.values().stream()
            .filter(l -> !l.equals(after.get(l.placement.component().name())))
            .map(Loaded::component)
            .toList();
    if (!gone.isEmpty()) {
      compute
          .submit(
              () -> {
                gone.forEach(LoadedComponent::close);
                return null;
              })
          .join();
    }
  }

  /**
   * Queues components for computing.
   *
   * @param agenda what to run; an open one holds the processor until it is over
   * @param tensor taken over
   * @param receivedNanos when it was there
   * @param expectedSeconds how long it will take, as far as is known: what others see as backlog
   * @return owned by the caller; fails with {@link RunFailure} if a component is not held or does
   *     not take the tensor
   */
  CompletableFuture<Computed> compute(
      Agenda agenda, TensorPayload tensor, long receivedNanos, double expectedSeconds) {
    CompletableFuture<Computed> result =
        compute.submit(expectedSeconds, () -> run(agenda, tensor, receivedNanos));
    // Whatever goes wrong, before or while it runs: the tensor is not needed any more.
    return result.whenComplete(
        (computed, failure) -> {
          if (failure != null) {
            tensor.release();
          }
        });
  }

  private Computed run(Agenda agenda, TensorPayload tensor, long receivedNanos) {
    long start = System.nanoTime();
    List<Step> ran = new ArrayList<>();
    Tensor x = null;
    // What an exit made of x beside the chain: the result, if the task ends with it.
    Tensor judged = null;
    try {
      List<Long> hops = new ArrayList<>();
      x = engine.wrap(tensor.data().nioBuffer(), tensor.batch(), tensor.shape());
      long idle = 0;
      long at = start;
      List<Double> entropies = List.of();
      for (Step step = agenda.next(entropies); step != null; step = agenda.next(entropies)) {
        long begin = System.nanoTime();
        idle += begin - at;
        ran.add(step);
        Tensor y = run(held(step.component()), x, step.cores());
        close(judged);
        judged = step.sideBranch() ? y : null;
        entropies = step.sideBranch() ? Entropy.ofEach(y.floats(), y.batch()) : List.of();
        if (!step.sideBranch()) {
          x.close();
          x = y;
        }
        if (agenda.isDone()) {
          // Putting the result into the wire's order is the last component's work.
          (judged != null && agenda.ends() ? judged : x).bytes();
        }
        at = compute.finish(begin);
        hops.add(at - begin);
      }
      idle += System.nanoTime() - at;
      boolean exits = judged != null && agenda.ends();
      Tensor result = exits ? judged : x;
      Tensor beside = exits ? x : judged;
      // A component that only reshapes may give its input's memory: that is kept as long.
      ByteBuf data =
          new NativeBuffer(
              result.bytes(),
              () -> {
                result.close();
                close(beside);
                tensor.release();
              });
      return new Computed(
          new Segment(receivedNanos, start, hops, idle),
          new TensorPayload(result.batch(), result.shape(), data));
    } catch (RuntimeException | Error e) {
      close(judged);
      close(x);
      if (e instanceof IllegalArgumentException) {
        throw new RunFailure("%s cannot run %s: %s".formatted(name, ran, e.getMessage()), e);
      }
      throw e;
    }
  }

  private static void close(Tensor tensor) {
    if (tensor != null) {
      tensor.close();
    }
  }

  private Tensor run(LoadedComponent component, Tensor x, int cores) {
    return component.run(x, cores == 0 ? engine.threads() : Math.min(cores, engine.threads()));
  }

  private LoadedComponent held(String component) {
    Loaded there = held.get(component);
    if (there == null) {
      throw new RunFailure(
          "%s does not hold '%s', only %s".formatted(name, component, held.keySet()));
    }
    return there.component;
  }

  /** As {@link io.offloadlab.profile.ProfiledNode#componentSeconds}. */
  CompletableFuture<List<Double>> measure(List<String> components, int batch, int rounds) {
    return compute.submit(
        () ->
            new ComponentTimer(engine, compute)
                .seconds(components.stream().map(this::held).toList(), batch, rounds));
  }

  /** Ends loading and computing: what is under way is waited for, nothing new is taken. */
  void drain() {
    loader.shutdown();
    boolean interrupted = Thread.interrupted();
    try {
      if (!loader.awaitTermination(ComputeThread.CLOSE_SECONDS, TimeUnit.SECONDS)) {
        throw new IllegalStateException(name + " is still loading components");
      }
    } catch (InterruptedException e) {
      interrupted = true;
    }
    compute.close();
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** Gives the memory back: every tensor that came from here must have been released. */
  @Override
  public void close() {
    drain();
    engine.close();
  }
}
