package io.offloadlab.performance;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * PyTorch as its users run it for inference: Python, {@code torch.jit.freeze} and {@code
 * optimize_for_inference}, in a process of its own that is asked for runs over a pipe.
 */
final class FrozenTorchScript implements AutoCloseable {
  /** Environment variable that names another Python. */
  private static final String PYTHON = "OFFLOADLAB_PYTHON";

  private final Process process;
  private final PrintWriter to;
  private final BufferedReader from;

  FrozenTorchScript(String network, int batch, int threads) {
    try {
      Path script = Files.createTempFile("frozen", ".py");
      script.toFile().deleteOnExit();
      try (InputStream source = FrozenTorchScript.class.getResourceAsStream("frozen.py")) {
        Files.write(script, source.readAllBytes());
      }
      ProcessBuilder builder =
          new ProcessBuilder(
                  python(),
                  script.toString(),
                  network,
                  Integer.toString(batch),
                  Integer.toString(threads))
              .redirectError(ProcessBuilder.Redirect.INHERIT);
      // As it is without our launchers: its threads may spin.
      builder.environment().remove("OMP_WAIT_POLICY");
      process = builder.start();
      to = new PrintWriter(process.outputWriter(StandardCharsets.UTF_8), true);
      from = process.inputReader(StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    answer();
  }

  private static String python() {
    return System.getenv().getOrDefault(PYTHON, "python3");
  }

  /** Whether there is a Python that knows PyTorch. */
  static boolean isHere() {
    try {
      Process asked =
          new ProcessBuilder(python(), "-c", "import torch")
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      return asked.waitFor() == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Runs it so many times; seconds by its own clock. */
  double run(int times) {
    to.println(times);
    return Double.parseDouble(answer());
  }

  private String answer() {
    try {
      String line = from.readLine();
      if (line == null) {
        throw new IllegalStateException("frozen.py ended by itself");
      }
      return line;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    to.close();
    process.destroy();
  }
}
