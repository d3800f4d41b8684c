package io.offloadlab.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ComputeThreadTest {
  @Test
  void finish_onASlowerProcessor_takesAtLeastAsManyTimesLonger() {
    try (ComputeThread compute = new ComputeThread("test")) {
      compute.emulate(0.25);

      long[] took =
          compute
              .submit(
                  () -> {
                    long start = System.nanoTime();
                    long worked = 0;
                    while (worked < 3_000_000) {
                      worked = System.nanoTime() - start;
                    }
                    return new long[] {worked, compute.finish(start) - start};
                  })
              .join();

      assertThat(took[1]).isGreaterThanOrEqualTo(4 * took[0]);
    }
  }

  @Test
  void submit_runsInTheOrderOfArrival() {
    List<Integer> order = new ArrayList<>();
    try (ComputeThread compute = new ComputeThread("test")) {
      List<CompletableFuture<Boolean>> all =
          IntStream.range(0, 50).mapToObj(i -> compute.submit(() -> order.add(i))).toList();
      all.forEach(CompletableFuture::join);
    }

    assertThat(order).isSorted().hasSize(50);
  }

  @Test
  void waiting_countsWhatHasNotBegun() throws InterruptedException {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    try (ComputeThread compute = new ComputeThread("test")) {
      CompletableFuture<Object> first =
          compute.submit(
              () -> {
                begun.countDown();
                try {
                  release.await();
                } catch (InterruptedException e) {
                  throw new IllegalStateException(e);
                }
                return null;
              });
      begun.await();
      CompletableFuture<Integer> second = compute.submit(() -> 1);

      assertThat(compute.waiting()).isEqualTo(1);

      release.countDown();
      CompletableFuture.allOf(first, second).join();
    }
  }

  @Test
  void submit_whenClosed_failsTheWork() {
    ComputeThread compute = new ComputeThread("test");
    compute.close();

    assertThatThrownBy(() -> compute.submit(() -> 1).join())
        .hasCauseInstanceOf(IllegalStateException.class);
  }
}
