package io.offloadlab.bench.report;

import io.offloadlab.failure.RunFailure;
import io.offloadlab.failure.UsageError;
import io.offloadlab.files.ClaimedFolder;
import io.offloadlab.files.Reasons;
import io.offloadlab.strategy.TaskRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where the files of one run go: nobody else's while it runs, and free of an earlier run's. Records
 * are there as they come. A run that ends before the first leaves nothing behind, not even where it
 * is stopped from outside.
 */
public final class RunFolder implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RunFolder.class);

  static final String TASKS = "tasks.csv";

  /** Every file that a run writes; nothing else is ever removed. */
  private static final List<String> FILES =
      List.of(
          TASKS,
          "summary.csv",
          "summary.md",
          "summary.tex",
          "repeats.csv",
          "validation.csv",
          "run.json",
          "report.html",
          "view.json",
          "experienced.json");

  private static final Pattern PARTS =
      Pattern.compile(
          "\\.(%s)\\.[0-9a-f]{16}\\.part"
              .formatted(String.join("|", FILES.stream().map(Pattern::quote).toList())));

  private final ClaimedFolder folder;
  private final TaskLog log;
  private final Thread hook = new Thread(this::leaveNothing, "leave-nothing");
  private boolean open = true;

  private RunFolder(ClaimedFolder folder) throws IOException {
    this.folder = folder;
    this.log = new TaskLog(folder.path().resolve(TASKS));
    Runtime.getRuntime().addShutdownHook(hook);
  }

  /**
   * A folder that the user named.
   *
   * @param overwrite whether the files of an earlier run in it are removed
   * @throws UsageError if it has an earlier run's files and they are to stay, or another run is
   *     writing to it
   * @throws RunFailure if it cannot be made or written to
   */
  public static RunFolder named(Path path, boolean overwrite) {
    return begun(ClaimedFolder.named("--out", path), overwrite);
  }

  /**
   * A folder that there was not before.
   *
   * @param wanted has a number added when it is taken
   * @throws RunFailure if it cannot be made
   */
  public static RunFolder fresh(Path wanted) {
    return begun(ClaimedFolder.fresh("--out", wanted), false);
  }

  private static RunFolder begun(ClaimedFolder folder, boolean overwrite) {
    try {
      List<Path> earlier = earlier(folder.path());
      if (!earlier.isEmpty() && !overwrite) {
        throw new UsageError(
            "--out '%s' holds an earlier run (%s): name another folder, or have that run's files removed with --overwrite"
                .formatted(folder.path(), earlier.get(0).getFileName()));
      }
      for (Path file : earlier) {
        Files.delete(file);
      }
      return new RunFolder(folder);
    } catch (IOException e) {
      folder.close();
      throw new RunFailure(
          "--out '%s' cannot be written to (%s): name another place"
              .formatted(folder.path(), Reasons.of(e)),
          e);
    } catch (RuntimeException e) {
      folder.close();
      throw e;
    }
  }

  private static List<Path> earlier(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(
              f -> {
                String name = f.getFileName().toString();
                return FILES.contains(name) || PARTS.matcher(name).matches();
              })
          .filter(f -> !Files.isDirectory(f))
          .sorted()
          .toList();
    }
  }

  /** Where it is. */
  public Path path() {
    return folder.path();
  }

  /** Place of one of a run's files. */
  public Path file(String name) {
    if (!FILES.contains(name)) {
      throw new IllegalArgumentException("'%s' is no file of a run".formatted(name));
    }
    return folder.path().resolve(name);
  }

  /** Keeps a record of a task; to be told by one thread or several. */
  public void record(String strategy, int repeat, TaskRecord record) {
    log.add(strategy, repeat, record);
  }

  /** Whether no task has come to its end yet. */
  public boolean isEmpty() {
    return log.isEmpty();
  }

  /** Gives the folder up. */
  @Override
  public void close() {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      LOG.debug("the process is ending, and the hook runs or has run", e);
    }
    release();
  }

  private void leaveNothing() {
    if (isEmpty()) {
      release();
    }
  }

  private synchronized void release() {
    if (!open) {
      return;
    }
    open = false;
    try {
      log.close();
      if (isEmpty()) {
        Files.deleteIfExists(folder.path().resolve(TASKS));
      }
    } catch (IOException e) {
      throw new RunFailure("'%s' cannot be written: %s".formatted(file(TASKS), Reasons.of(e)), e);
    } finally {
      folder.close();
    }
  }
}
