package io.offloadlab.bench.report;

import io.offloadlab.bench.metric.Metrics;
import io.offloadlab.bench.metric.Sheet;
import io.offloadlab.bench.metric.TaskRow;
import io.offloadlab.strategy.TaskRecord;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The table of tasks while a run goes on: every record is handed to the system when it comes, in
 * whole lines, so that a process that ends by itself or by force leaves what was done. Writing has
 * a thread of its own and takes no time of the stream's.
 *
 * <p>Where the disk is full the table ends after the last whole line. The run goes on: what it says
 * in the end needs no disk.
 */
final class TaskLog implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(TaskLog.class);
  private static final int PATIENCE_SECONDS = 10;

  private final FileChannel file;
  private final ExecutorService writer =
      Executors.newSingleThreadExecutor(
          work -> {
            Thread thread = new Thread(work, "task-log");
            thread.setDaemon(true);
            return thread;
          });
  private boolean broken;
  private volatile boolean empty = true;

  /**
   * Begins a table.
   *
   * @throws IOException if there is a file already, or it cannot be made
   */
  TaskLog(Path path) throws IOException {
    file = FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    writer.execute(() -> write(lines(List.of(), true)));
  }

  /** A task came to its end. */
  void add(String strategy, int repeat, TaskRecord record) {
    empty = false;
    try {
      writer.execute(() -> write(lines(List.of(new TaskRow(strategy, repeat, record)), false)));
    } catch (RejectedExecutionException e) {
      LOG.debug("the process is ending, and this record came too late", e);
    }
  }

  /** Whether there is no record yet. */
  boolean isEmpty() {
    return empty;
  }

  private static String lines(List<TaskRow> rows, boolean headed) {
    StringWriter text = new StringWriter();
    var columns = new Sheet<>(Metrics.ofTasks(), rows).filed().values();
    if (headed) {
      CsvTables.write(text, columns);
    } else {
      CsvTables.append(text, columns);
    }
    return text.toString();
  }

  private void write(String lines) {
    if (broken) {
      return;
    }
    try {
      long whole = file.position();
      try {
        ByteBuffer bytes = ByteBuffer.wrap(lines.getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) {
          file.write(bytes);
        }
      } catch (IOException e) {
        broken = true;
        file.truncate(whole);
        throw e;
      }
    } catch (IOException e) {
      LOG.debug("records are no longer written as they come", e);
    }
  }

  @Override
  public void close() throws IOException {
    writer.shutdown();
    try {
      if (!writer.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        LOG.debug("the last records were not written in time");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    file.close();
  }
}
