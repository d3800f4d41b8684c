package io.offloadlab.train.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.offloadlab.train.autograd.Precision;
import io.offloadlab.weights.SafeTensorsWriter;
import io.offloadlab.weights.StoredTensor;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParameterException;

class PrecisionOptionTest {
  @Command
  private static final class Tool {
    @Mixin private PrecisionOption precision;
  }

  @TempDir Path folder;

  private static Precision precision(Path resumed, boolean gpu, String... arguments) {
    Tool tool = new Tool();
    CommandLine line = new CommandLine(tool);
    line.parseArgs(arguments);
    return tool.precision.precision(line.getCommandSpec(), resumed, gpu);
  }

  private Path checkpoint(String precision) {
    Path file = folder.resolve("last.safetensors");
    SafeTensorsWriter.write(
        file,
        Map.of("precision", precision),
        List.of(StoredTensor.of("w", List.of(1), new float[1])));
    return file;
  }

  @ParameterizedTest
  @CsvSource({"float32, FLOAT32", "bfloat16, BFLOAT16"})
  void precision_named_thatOne(String name, Precision expected) {
    assertThat(precision(null, false, "--precision", name)).isEqualTo(expected);
  }

  @Test
  void precision_unknown_oneLineNamingValueAndChoice() {
    assertThatExceptionOfType(ParameterException.class)
        .isThrownBy(() -> precision(null, false, "--precision", "fp16"))
        .withMessage("--precision is auto, float32 or bfloat16, not 'fp16'");
  }

  @ParameterizedTest
  @CsvSource({"float32, FLOAT32", "bfloat16, BFLOAT16"})
  @DisplayName("auto goes on in the checkpoint's precision, whatever the processor")
  void precision_autoResumed_theCheckpoints(String there, Precision expected) {
    assertThat(precision(checkpoint(there), false)).isEqualTo(expected);
    assertThat(precision(checkpoint(there), true)).isEqualTo(expected);
  }

  @Test
  void precision_autoOnGpu_float32() {
    assertThat(precision(null, true)).isEqualTo(Precision.FLOAT32);
  }
}
