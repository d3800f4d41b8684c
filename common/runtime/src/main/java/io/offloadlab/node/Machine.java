package io.offloadlab.node;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import com.sun.management.OperatingSystemMXBean;
import io.offloadlab.nn.Engine;
import java.lang.management.ManagementFactory;

/**
 * What a node says of itself when it arrives.
 *
 * @param cores processors it computes with
 * @param memoryBytes physical memory
 * @param flopsPerSecond speed of a matrix product: a first estimate until components are measured
 */
record Machine(int cores, long memoryBytes, double flopsPerSecond) {
  private static final int SIDE = 512;
  private static final int RUNS = 8;

  static Machine measure(Engine engine) {
    OperatingSystemMXBean os = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    return new Machine(engine.threads(), os.getTotalMemorySize(), flopsPerSecond(engine));
  }

  private static double flopsPerSecond(Engine engine) {
    long best = Long.MAX_VALUE;
    try (NDManager manager = engine.newManager()) {
      NDArray a = manager.ones(new Shape(SIDE, SIDE));
      for (int i = 0; i < RUNS; i++) {
        long start = System.nanoTime();
        try (NDArray b = a.matMul(a)) {
          // Reading one value waits for a device that computes asynchronously.
          b.getFloat(0, 0);
        }
        best = Math.min(best, System.nanoTime() - start);
      }
    }
    return 2.0 * SIDE * SIDE * SIDE / best * 1e9;
  }
}
