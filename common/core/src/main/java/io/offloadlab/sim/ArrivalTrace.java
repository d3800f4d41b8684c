package io.offloadlab.sim;

import io.offloadlab.failure.RunFailure;
import io.offloadlab.strategy.NodeId;
import io.offloadlab.strategy.Task;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Locale;
import java.util.NoSuchElementException;

/**
 * Arrivals as they were recorded: a text file with a line per task that holds the seconds since the
 * start of the stream and, after a comma, optionally the number of the edge that the task is for.
 * Empty lines and lines that begin with {@code #} are skipped; times do not go back.
 *
 * <p>The file is read line by line as the stream goes on. A stream is iterated once.
 */
public final class ArrivalTrace implements Iterable<Task>, AutoCloseable {
  private final Path file;
  private final Iterator<Task> tasks;
  private final int edges;
  private final BufferedReader lines;
  private int number;
  private double last;

  /**
   * @param file the trace
   * @param tasks images, sources and devices of the tasks, to which the trace gives its times; the
   *     stream ends with the shorter of the two
   * @param edges number of edges
   * @throws RunFailure if the file cannot be read
   */
  public ArrivalTrace(Path file, Iterable<Task> tasks, int edges) {
    this.file = file;
    this.tasks = tasks.iterator();
    this.edges = edges;
    try {
      lines = Files.newBufferedReader(file);
    } catch (NoSuchFileException e) {
      throw new RunFailure(
          "there is no arrival trace '%s': name a file with a line 'SECONDS[,EDGE]' per task"
              .formatted(file),
          e);
    } catch (IOException e) {
      throw new RunFailure("arrival trace '%s' cannot be read: %s".formatted(file, e), e);
    }
  }

  /** The stream; lines that are not understood throw a {@link RunFailure} when they are reached. */
  @Override
  public Iterator<Task> iterator() {
    return new Iterator<>() {
      private Task ahead = read();

      @Override
      public boolean hasNext() {
        return ahead != null;
      }

      @Override
      public Task next() {
        if (ahead == null) {
          throw new NoSuchElementException("the trace '%s' has ended".formatted(file));
        }
        Task task = ahead;
        ahead = read();
        return task;
      }
    };
  }

  private Task read() {
    if (!tasks.hasNext()) {
      return null;
    }
    try {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        number++;
        String text = line.strip();
        if (!text.isEmpty() && !text.startsWith("#")) {
          return parse(text, tasks.next());
        }
      }
      return null;
    } catch (IOException e) {
      throw new UncheckedIOException("reading " + file, e);
    }
  }

  private Task parse(String text, Task task) {
    String[] fields = text.split(",", -1);
    if (fields.length > 2) {
      throw bad(text, "expected SECONDS or SECONDS,EDGE");
    }
    double seconds;
    try {
      seconds = Double.parseDouble(fields[0].strip());
    } catch (NumberFormatException e) {
      throw bad(text, "expected a number of seconds");
    }
    if (!(seconds >= last) || Double.isInfinite(seconds)) {
      throw bad(text, "expected %s s or later, because times do not go back".formatted(last));
    }
    last = seconds;
    NodeId device = fields.length == 1 ? task.device() : edge(text, fields[1].strip());
    NodeId source = task.source().isCloud() ? NodeId.CLOUD : device;
    return new Task(task.id(), source, device, seconds, task.images());
  }

  private NodeId edge(String text, String field) {
    try {
      int edge = Integer.parseInt(field);
      if (edge >= 1 && edge <= edges) {
        return NodeId.edge(edge);
      }
    } catch (NumberFormatException e) {
      throw bad(text, "expected an edge's number after the comma");
    }
    throw bad(text, String.format(Locale.ROOT, "expected an edge between 1 and %d", edges));
  }

  private RunFailure bad(String text, String expected) {
    return new RunFailure(
        String.format(Locale.ROOT, "%s, line %d: '%s': %s", file, number, text, expected));
  }

  @Override
  public void close() {
    try {
      lines.close();
    } catch (IOException e) {
      throw new UncheckedIOException("closing " + file, e);
    }
  }
}
