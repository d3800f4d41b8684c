package io.offloadlab.legodnn.plan;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** The planner on random chains, a new one at every call, and the MILP solver on the same. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(value = 1, jvmArgsAppend = "-Xmx2g")
@Warmup(iterations = 2, time = 5)
@Measurement(iterations = 3, time = 5)
public class VariantPlannerBenchmark {
  private static final int INSTANCES = 50;

  /** Pieces x variants x nodes. */
  @Param({"10x5x3", "40x8x6"})
  String size;

  /** Memory of all nodes together, as a multiple of the original network's size. */
  @Param({"0.8", "1.2", "2.5"})
  double memory;

  private PlanningProblem problem;
  private int calls;

  /** A new instance for every call. */
  @Setup(Level.Invocation)
  public void instance() {
    String[] parts = size.split("x", 3);
    problem =
        new RandomProblems(calls++ % INSTANCES)
            .large(
                Integer.parseInt(parts[0]),
                Integer.parseInt(parts[1]),
                Integer.parseInt(parts[2]),
                memory,
                new Objective.Latency());
  }

  /** Our branch and bound. */
  @Benchmark
  public Object planner() {
    return VariantPlanner.solve(problem);
  }

  /** ojAlgo's integer solver. */
  @Benchmark
  public Object milp() {
    return Milp.leastSeconds(problem);
  }
}
