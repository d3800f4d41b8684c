package io.offloadlab.node;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufAllocatorMetricProvider;
import io.netty.util.ResourceLeakDetector;
import io.offloadlab.strategy.LinkSpec;
import io.offloadlab.strategy.NodeId;
import io.offloadlab.strategy.Route;
import io.offloadlab.strategy.Task;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Collections;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a task leaves behind once a stream is under way: heap outside the engine, native memory. */
class MemoryPerTaskTest {
  private static final int TASKS = 1000;

  /** Measured 3.1 KB, with results and traces that are kept. */
  private static final double MOST_BYTES = 4 << 10;

  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private ResourceLeakDetector.Level level;
  private TestSystem system;
  private Route route;

  @BeforeEach
  void start(@TempDir Path directory) {
    // It keeps a trace of every buffer.
    level = ResourceLeakDetector.getLevel();
    ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.DISABLED);
    SmallNetwork network = SmallNetwork.write(directory, 1);
    route = Route.onOneNode(network.chain(), NodeId.edge(1));
    system =
        TestSystem.start(
            TestSystem.scenario(1, LinkSpec.UNSHAPED), directory, directory.resolve("cache"));
  }

  @AfterEach
  void stop() {
    system.close();
    ResourceLeakDetector.setLevel(level);
  }

  private void execute(int tasks, int batch) {
    ByteBuffer images = SmallNetwork.images(batch, 1);
    Task task = new Task(0, NodeId.CLOUD, NodeId.edge(1), 0, Collections.nCopies(batch, 0));
    for (int i = 0; i < tasks; i++) {
      system.cloud().execute(task, route, images).join();
    }
  }

  /** Of the threads that hand tasks out and move tensors; only compute threads enter the engine. */
  private long allocatedOutsideTheEngine() {
    long bytes = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
    for (ThreadInfo t : threads.getThreadInfo(threads.getAllThreadIds())) {
      if (t != null && t.getThreadName().contains("sockets")) {
        bytes += threads.getThreadAllocatedBytes(t.getThreadId());
      }
    }
    return bytes;
  }

  @Test
  @DisplayName("A task of one image leaves few bytes on the heap outside the engine")
  void tasksLeaveFewBytesOnTheHeap() {
    execute(TASKS, 1);
    long before = allocatedOutsideTheEngine();

    execute(TASKS, 1);

    assertThat((allocatedOutsideTheEngine() - before) / (double) TASKS).isLessThan(MOST_BYTES);
  }

  @Test
  @DisplayName("A stream takes its native memory at the beginning and no more later")
  void streamsTakeNoMoreNativeMemory() {
    int batch = 32;
    execute(TASKS / 40, batch);
    long before = usedDirectMemory();

    execute(TASKS / 40, batch);

    assertThat(usedDirectMemory()).isEqualTo(before);
  }

  private static long usedDirectMemory() {
    return ((ByteBufAllocatorMetricProvider) ByteBufAllocator.DEFAULT).metric().usedDirectMemory();
  }
}
