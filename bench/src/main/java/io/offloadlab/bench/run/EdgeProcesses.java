package io.offloadlab.bench.run;

import com.sun.management.OperatingSystemMXBean;
import io.offloadlab.failure.RunFailure;
import io.offloadlab.failure.UsageError;
import io.offloadlab.files.Reasons;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * Edge nodes as JVM processes of their own on this machine, with this JVM's class path and options,
 * but for agents and ports, which only one process can have. Closing ends them; so does the end of
 * this JVM, however it comes.
 */
public final class EdgeProcesses implements AutoCloseable {
  /** What a Java process with an inference engine takes at the very least. */
  private static final long BYTES_PER_EDGE = 200L << 20;

  private static final long GRACE_SECONDS = 5;

  private final List<Process> processes = new ArrayList<>();
  private final List<Path> logs = new ArrayList<>();
  private final Thread hook = new Thread(this::kill, "end-edges");

  private EdgeProcesses() {}

  /**
   * Starts edges that connect to a cloud on this machine.
   *
   * @param place the command line's entry point, whose {@code edge} command is run, the engine that
   *     they infer with and the cores that each has
   * @param count number of edges
   * @param port the cloud's
   * @throws UsageError if this machine's memory cannot hold so many
   * @throws RunFailure if a process cannot be started
   */
  public static EdgeProcesses start(Nodes.Place.Processes place, int count, int port) {
    checkMemory(
        count,
        ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
            .getTotalMemorySize());
    EdgeProcesses edges = new EdgeProcesses();
    Runtime.getRuntime().addShutdownHook(edges.hook);
    try {
      for (int i = 1; i <= count; i++) {
        edges.launch(place, i, port);
      }
    } catch (IOException e) {
      edges.close();
      throw new RunFailure("an edge process cannot be started: " + Reasons.of(e), e);
    }
    return edges;
  }

  /** Before the first of a thousand processes brings the machine down. */
  static void checkMemory(int count, long physicalBytes) {
    if (count * BYTES_PER_EDGE > physicalBytes) {
      throw new UsageError(
          String.format(
              Locale.ROOT,
              "%d edges as processes take at least %d MiB, and this machine has %d MiB: give fewer with --edges, or simulate them with bin/bench simulate",
              count,
              count * (BYTES_PER_EDGE >> 20),
              physicalBytes >> 20));
    }
  }

  private void launch(Nodes.Place.Processes place, int number, int port) throws IOException {
    String name = String.format(Locale.ROOT, "edge-%d", number);
    Path log = Files.createTempFile("offloadlab-" + name + "-", ".log");
    logs.add(log);
    List<String> command = new ArrayList<>(place.pinning().before(number));
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(JvmOptions.forChild(ManagementFactory.getRuntimeMXBean().getInputArguments()));
    command.addAll(
        List.of("-cp", System.getProperty("java.class.path"), place.mainClass().getName()));
    command.addAll(List.of("edge", "--ip", "127.0.0.1", "--port", Integer.toString(port)));
    command.addAll(List.of("--name", name, "--engine", place.engine()));
    processes.add(
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start());
  }

  /**
   * What an edge that ended by itself had to say.
   *
   * @return one line per dead process; empty while all are alive
   */
  public List<String> lastWords() {
    List<String> words = new ArrayList<>();
    for (int i = 0; i < processes.size(); i++) {
      Process p = processes.get(i);
      if (!p.isAlive()) {
        words.add(
            String.format(
                Locale.ROOT,
                "edge-%d ended with exit code %d: %s",
                i + 1,
                p.exitValue(),
                lastLine(logs.get(i))));
      }
    }
    return words;
  }

  private static String lastLine(Path log) {
    try {
      List<String> lines = Files.readAllLines(log);
      return lines.isEmpty() ? "it printed nothing" : lines.get(lines.size() - 1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    try {
      for (Process p : processes) {
        if (!p.waitFor(GRACE_SECONDS, TimeUnit.SECONDS)) {
          p.destroy();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      kill();
      removeHook();
    }
  }

  private void kill() {
    processes.forEach(Process::destroyForcibly);
    logs.forEach(l -> l.toFile().delete());
  }

  private void removeHook() {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The JVM is going down already and runs the hook itself.
      kill();
    }
  }
}
