package io.offloadlab.node;

import io.offloadlab.graph.Shape;
import io.offloadlab.nn.Choice;
import io.offloadlab.nn.ChoosingEngine;
import io.offloadlab.nn.ChoosingProgram;
import io.offloadlab.nn.Tensor;
import io.offloadlab.profile.Medians;
import io.offloadlab.profile.ProfiledNode.Rounds;
import io.offloadlab.wire.Message.Timing;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Measures programs on the compute thread, on which it must be called. */
final class ProgramTimer {
  private final ChoosingEngine engine;
  private final ComputeThread compute;

  ProgramTimer(ChoosingEngine engine, ComputeThread compute) {
    this.engine = engine;
    this.compute = compute;
  }

  /**
   * Finds the fastest way of each program, and then runs one round to warm up and the timed ones;
   * in each the programs take turns. A slower processor is reckoned, not waited for.
   *
   * @param cores that each may use; 0 for all
   * @return median seconds per program, emulated slowness included
   */
  List<Timing> times(List<ChoosingProgram> programs, int batch, Rounds rounds, int cores) {
    List<List<Double>> seconds = new ArrayList<>();
    long largest = 0;
    // The longest first: long ones are not tried out one by one.
    programs.stream()
        .sorted(Comparator.comparingLong(ChoosingProgram::flops).reversed())
        .forEach(p -> p.choose(batch));
    for (ChoosingProgram p : programs) {
      seconds.add(new ArrayList<>());
      largest = Math.max(largest, p.input().bytes());
    }
    int threads = cores == 0 ? engine.threads() : Math.min(cores, engine.threads());
    ByteBuffer zeros = ByteBuffer.allocateDirect(Math.toIntExact(largest * batch));
    programs.forEach(p -> once(p, zeros, batch, threads));
    double took = 0;
    for (int round = 0; rounds.goOn(round, took); round++) {
      for (int i = 0; i < programs.size(); i++) {
        long once = once(programs.get(i), zeros, batch, threads);
        seconds.get(i).add(compute.emulatedSeconds(once));
        took += once / 1e9;
      }
    }
    List<Timing> times = new ArrayList<>();
    for (int i = 0; i < programs.size(); i++) {
      Choice choice = programs.get(i).choice(batch);
      times.add(new Timing(Medians.of(seconds.get(i)), choice.engine(), choice.threads()));
    }
    return times;
  }

  private long once(ChoosingProgram program, ByteBuffer zeros, int batch, int threads) {
    Shape shape = program.input();
    ByteBuffer input = zeros.slice(0, Math.toIntExact(shape.bytes() * batch));
    long start = System.nanoTime();
    try (Tensor x = engine.wrap(input, batch, shape);
        Tensor y = program.run(x, threads)) {
      // Where it ends, its values are wanted in the wire's order.
      y.bytes();
      return System.nanoTime() - start;
    }
  }
}
