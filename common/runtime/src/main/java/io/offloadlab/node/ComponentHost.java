package io.offloadlab.node;

import io.netty.buffer.ByteBuf;
import io.offloadlab.course.Entropy;
import io.offloadlab.failure.RunFailure;
import io.offloadlab.nn.Choice;
import io.offloadlab.nn.ChoosingEngine;
import io.offloadlab.nn.ChoosingProgram;
import io.offloadlab.nn.Engine;
import io.offloadlab.nn.Tensor;
import io.offloadlab.profile.ProfiledNode.Rounds;
import io.offloadlab.weights.ComponentWeights;
import io.offloadlab.wire.Message.Assembly;
import io.offloadlab.wire.Message.Held;
import io.offloadlab.wire.Message.Hold;
import io.offloadlab.wire.Message.Measure;
import io.offloadlab.wire.Message.Placement;
import io.offloadlab.wire.Message.Step;
import io.offloadlab.wire.Message.Timing;
import io.offloadlab.wire.Segment;
import io.offloadlab.wire.Segment.Stretch;
import io.offloadlab.wire.TensorPayload;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The components that a node holds, and the thread that runs them. Loading happens beside it, so
 * that a change of variants does not stop the stream.
 */
final class ComponentHost implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ComponentHost.class);

  /** What computing gave, and when. */
  record Computed(Segment segment, TensorPayload tensor) {}

  private final String name;
  private final ChoosingEngine engine;
  private final Programs programs;
  private final ComputeThread compute;
  private final ExecutorService loader;

  private final ToIntFunction<List<Step>> together = this::together;

  /** Rows that are being made one program, so that each is asked for once. */
  private final Set<List<String>> asked = ConcurrentHashMap.newKeySet();

  ComponentHost(String name, String engine, Engine.Processor device, int threads) {
    this.name = name;
    this.engine = ChoosingEngine.open(engine, device, threads);
    this.programs = new Programs(name, this.engine);
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
   * @param hold what to hold; done when the fastest way of each new program is known
   * @param weights of a placement
   */
  CompletableFuture<Held> hold(Hold hold, Function<Placement, ComponentWeights> weights) {
    return CompletableFuture.supplyAsync(() -> new Held(hold.id(), swap(hold, weights)), loader);
  }

  private List<Assembly> swap(Hold hold, Function<Placement, ComponentWeights> weights) {
    List<ChoosingProgram> gone =
        programs.hold(hold.placements(), hold.assemblies(), hold.batch(), weights);
    asked.clear();
    if (!gone.isEmpty()) {
      onComputeThread(() -> gone.forEach(ChoosingProgram::close));
    }
    if (hold.batch() == 0) {
      return hold.assemblies();
    }
    List<Assembly> chosen = new ArrayList<>();
    for (Assembly a : hold.assemblies()) {
      onComputeThread(
          () -> {
            Choice choice = programs.program(a.components()).choose(hold.batch());
            chosen.add(new Assembly(a.components(), choice.engine(), choice.threads()));
          });
    }
    return chosen;
  }

  private void onComputeThread(Runnable work) {
    compute
        .submit(
            () -> {
              work.run();
              return null;
            })
        .join();
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
    List<Step> running = List.of();
    Tensor x = null;
    // What an exit made of x beside the chain: the result, if the task ends with it.
    Tensor judged = null;
    try {
      List<Stretch> stretches = new ArrayList<>(1);
      x = engine.wrap(tensor.data().nioBuffer(), tensor.batch(), tensor.shape());
      long idle = 0;
      long at = start;
      List<Double> entropies = List.of();
      for (List<Step> steps = agenda.next(entropies, together);
          !steps.isEmpty();
          steps = agenda.next(entropies, together)) {
        long begin = System.nanoTime();
        idle += begin - at;
        running = steps;
        boolean sideBranch = steps.get(0).sideBranch();
        Tensor y = run(steps, x);
        close(judged);
        judged = sideBranch ? y : null;
        entropies = sideBranch ? Entropy.ofEach(y.floats(), y.batch()) : List.of();
        if (!sideBranch) {
          x.close();
          x = y;
        }
        if (agenda.isDone()) {
          // Putting the result into the wire's order is the last component's work.
          (judged != null && agenda.ends() ? judged : x).bytes();
        }
        at = compute.finish(begin);
        stretches.add(new Stretch(steps.size(), at - begin));
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
          new Segment(receivedNanos, start, stretches, idle),
          new TensorPayload(result.batch(), result.shape(), data));
    } catch (RuntimeException | Error e) {
      close(judged);
      close(x);
      if (e instanceof IllegalArgumentException) {
        throw new RunFailure("%s cannot run %s: %s".formatted(name, running, e.getMessage()), e);
      }
      throw e;
    }
  }

  private static void close(Tensor tensor) {
    if (tensor != null) {
      tensor.close();
    }
  }

  private Tensor run(List<Step> steps, Tensor x) {
    int cores = steps.get(0).cores();
    Programs.Runner runner = programs.runner(steps);
    Tensor y =
        runner.program().run(x, cores == 0 ? engine.threads() : Math.min(cores, engine.threads()));
    if (runner.steps() == steps.size()) {
      return y;
    }
    // What is held was changed since it was asked how many run together.
    try (y) {
      return run(steps.subList(runner.steps(), steps.size()), y);
    }
  }

  /**
   * How many steps run as one program now. Where not all of them can, they will when the next task
   * comes: programs that no route announced are made beside the tasks.
   */
  private int together(List<Step> steps) {
    int now = programs.runner(steps).steps();
    if (now < steps.size()) {
      List<String> names = steps.stream().map(Step::component).toList();
      if (asked.add(names)) {
        assemble(names);
      }
    }
    return now;
  }

  private void assemble(List<String> names) {
    try {
      loader.execute(
          () -> {
            try {
              programs.assemble(names);
            } catch (RuntimeException e) {
              LOG.debug("{} goes on running {} one by one", name, names, e);
            }
          });
    } catch (RejectedExecutionException e) {
      LOG.debug("{} is closing: {} stay single", name, names, e);
    }
  }

  /** As {@link io.offloadlab.profile.ProfiledNode#times}. */
  CompletableFuture<List<Timing>> measure(Measure measure) {
    return compute.submit(
        () ->
            new ProgramTimer(engine, compute)
                .times(
                    measure.programs().stream().map(programs::program).toList(),
                    measure.batch(),
                    new Rounds(measure.rounds(), measure.seconds()),
                    measure.cores()));
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
