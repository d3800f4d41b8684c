package io.offloadlab.train.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.offloadlab.train.exits.ExitTrainer;
import io.offloadlab.weights.SafeTensors;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A training that is asked to end by the system, as Ctrl-C does. */
class InterruptTest {
  @TempDir Path folder;

  @Test
  @DisplayName("a training that is ended in the middle saves, says so and leaves no half file")
  void train_processAskedToEnd_savesItsCheckpoint() throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                TrainingProcess.class.getName(),
                "--dataset=fashion-mnist-sample",
                "--width=4",
                "--exits=none",
                "--preset=quick",
                "--epochs=500",
                "--limit=100",
                "--batch=16",
                "--threads=1",
                "--out=" + folder)
            .redirectErrorStream(true)
            .start();
    try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
      String line = out.readLine();
      while (line != null && !line.startsWith("epoch 2/500")) {
        line = out.readLine();
      }
      assertThat(line).as("output before the second epoch ended").isNotNull();

      // Not Process.destroy, which closes the pipe we listen to.
      assertThat(process.toHandle().destroy()).isTrue();

      List<String> rest = out.lines().toList();
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
      assertThat(rest).contains("stopped and saved; go on with --resume");
    } finally {
      process.destroyForcibly();
    }
    Map<String, String> position = SafeTensors.open(folder.resolve(ExitTrainer.LAST)).metadata();
    assertThat(Integer.parseInt(position.get("epoch"))).isBetween(2, 499);
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).noneMatch(f -> f.toString().endsWith(".part"));
    }
  }
}
