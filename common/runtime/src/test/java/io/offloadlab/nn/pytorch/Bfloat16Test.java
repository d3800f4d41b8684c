package io.offloadlab.nn.pytorch;

import static org.assertj.core.api.Assertions.assertThat;

import io.offloadlab.graph.Component;
import io.offloadlab.graph.ModelGraph;
import io.offloadlab.graph.ResNets;
import io.offloadlab.graph.Shape;
import io.offloadlab.graph.WeightRef;
import io.offloadlab.nn.ChoosingEngine;
import io.offloadlab.nn.Engine;
import io.offloadlab.nn.EngineGraphs;
import io.offloadlab.nn.Engines;
import io.offloadlab.nn.HostTensor;
import io.offloadlab.nn.Program;
import io.offloadlab.nn.RandomWeights;
import io.offloadlab.nn.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where there is bfloat16, and what it costs in digits. */
class Bfloat16Test {
  private static final Shape IMAGE = Shape.of(3, 32, 32);

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({
    "fpu avx512f avx512_bf16 rdpid, true",
    "fpu amx_bf16 amx_tile, true",
    "fpu avx2 avx512f, false"
  })
  void isMultipliedBy_flagsOfLinux_whetherAnInstructionIsThere(String flags, boolean expected)
      throws IOException {
    Path cpuinfo = folder.resolve("cpuinfo");
    Files.writeString(
        cpuinfo, "processor\t: 0\nflags\t\t: %s\nbugs\t\t: avx512_bf16\n".formatted(flags));

    assertThat(Bfloat16.isMultipliedBy(cpuinfo)).isEqualTo(expected);
  }

  @Test
  void isMultipliedBy_noSuchFile_false() {
    assertThat(Bfloat16.isMultipliedBy(folder.resolve("nothing"))).isFalse();
  }

  private static float[] scores(String engine) {
    ModelGraph graph = ResNets.resnet18(10, 16, IMAGE);
    try (ChoosingEngine opened = ChoosingEngine.open(engine, Engine.Processor.CPU, 1);
        Program program =
            opened.load(
                new Component("net", graph, WeightRef.of("none")), RandomWeights.of(graph, 5));
        Tensor x = HostTensor.over(EngineGraphs.direct(EngineGraphs.batch(IMAGE, 4, 6)), 4, IMAGE);
        Tensor y = program.run(x)) {
      return y.floats();
    }
  }

  @Test
  @EnabledIf("io.offloadlab.nn.pytorch.Bfloat16#isMultipliedHere")
  void run_inBfloat16_agreesToTheDigitsThatItHas() {
    float[] exact = scores("onednn");
    float[] rounded = scores("onednn-bfloat16");

    float largest = 0;
    for (float score : exact) {
      largest = Math.max(largest, Math.abs(score));
    }
    // 8 bits of mantissa, over 20 layers.
    assertThat(rounded).usingComparatorWithPrecision(0.03f * largest).containsExactly(exact);
    assertThat(rounded).isNotEqualTo(exact);
  }

  @Test
  void auto_neverTakesIt() {
    try (ChoosingEngine auto = ChoosingEngine.open(Engines.AUTO, Engine.Processor.CPU, 1)) {
      assertThat(auto.toString()).doesNotContain("bfloat16");
    }
  }
}
