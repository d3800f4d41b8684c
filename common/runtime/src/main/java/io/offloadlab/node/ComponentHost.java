package io.offloadlab.node;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.netty.buffer.ByteBuf;
import io.offloadlab.failure.RunFailure;
import io.offloadlab.graph.Shape;
import io.offloadlab.nn.Engine;
import io.offloadlab.nn.LoadedComponent;
import io.offloadlab.nn.TensorBuffers;
import io.offloadlab.weights.ComponentWeights;
import io.offloadlab.wire.Message.Placement;
import io.offloadlab.wire.Message.Step;
import io.offloadlab.wire.Segment;
import io.offloadlab.wire.Tensor;
import java.nio.ByteBuffer;
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
  record Computed(Segment segment, Tensor tensor) {}

  private record Loaded(Placement placement, LoadedComponent component) {}

  private final String name;
  private final Engine engine;
  private final ComputeThread compute;
  private final ExecutorService loader;
  private volatile Map<String, Loaded> held = Map.of();

  ComponentHost(String name, Engine.Processor device, int threads) {
    this.name = name;
    this.engine = new Engine(device, threads);
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
      Agenda agenda, Tensor tensor, long receivedNanos, double expectedSeconds) {
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

  private Computed run(Agenda agenda, Tensor tensor, long receivedNanos) {
    long start = System.nanoTime();
    NDManager manager = engine.newManager();
    List<Step> ran = new ArrayList<>();
    try {
      List<Long> hops = new ArrayList<>();
      NDArray x =
          TensorBuffers.wrap(
              manager, tensor.data().nioBuffer(), EngineShapes.of(tensor.batch(), tensor.shape()));
      ByteBuffer memory = TensorBuffers.bytes(x);
      Shape shape = tensor.shape();
      boolean ordered = true;
      long idle = 0;
      long at = start;
      for (Step step = agenda.next(); step != null; step = agenda.next()) {
        long begin = System.nanoTime();
        idle += begin - at;
        ran.add(step);
        LoadedComponent component = held(step.component());
        NDArray y = run(component, x, step.cores());
        x.close();
        x = y;
        shape = component.component().output();
        ordered = agenda.isDone();
        if (ordered) {
          // Putting the result into the wire's order is the last component's work.
          memory = TensorBuffers.bytes(x);
        }
        at = compute.finish(begin);
        hops.add(at - begin);
      }
      idle += System.nanoTime() - at;
      if (!ordered) {
        memory = TensorBuffers.bytes(x);
      }
      // A component that only reshapes may give its input's memory: that is kept as long.
      ByteBuf data =
          new NativeBuffer(
              memory,
              () -> {
                manager.close();
                tensor.release();
              });
      return new Computed(
          new Segment(receivedNanos, start, hops, idle), new Tensor(tensor.batch(), shape, data));
    } catch (IllegalArgumentException e) {
      manager.close();
      throw new RunFailure("%s cannot run %s: %s".formatted(name, ran, e.getMessage()), e);
    } catch (RuntimeException | Error e) {
      manager.close();
      throw e;
    }
  }

  private NDArray run(LoadedComponent component, NDArray x, int cores) {
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
