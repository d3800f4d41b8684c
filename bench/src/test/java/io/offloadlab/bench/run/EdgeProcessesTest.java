package io.offloadlab.bench.run;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.offloadlab.failure.UsageError;
import org.junit.jupiter.api.Test;

class EdgeProcessesTest {
  private static final long GIB = 1L << 30;

  @Test
  void checkMemory_moreProcessesThanMemory_isRefusedWithTheRemedy() {
    assertThatThrownBy(() -> EdgeProcesses.checkMemory(5000, 24 * GIB))
        .isInstanceOf(UsageError.class)
        .hasMessageContaining("5000 edges")
        .hasMessageContaining("24576 MiB")
        .hasMessageContaining("--edges")
        .hasMessageContaining("bin/bench simulate");
  }

  @Test
  void checkMemory_usualNumber_isFine() {
    assertThatCode(() -> EdgeProcesses.checkMemory(8, 4 * GIB)).doesNotThrowAnyException();
  }
}
