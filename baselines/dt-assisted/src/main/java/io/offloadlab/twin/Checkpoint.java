package io.offloadlab.twin;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.offloadlab.failure.RunFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.function.Supplier;

/** A file from which learning goes on. Written whole or not at all. */
public final class Checkpoint {
  /** Nothing is kept. */
  public static final Checkpoint NONE = new Checkpoint(null, Integer.MAX_VALUE);

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path file;
  private final int everyTasks;

  /**
   * What is kept.
   *
   * @param tasks decided so far
   * @param surplus of accuracy over the threshold, summed over tasks
   * @param memory the network, its optimiser and its replay memory
   */
  record Content(long tasks, double surplus, ContValueNet.Memory memory) {}

  /**
   * @param file read if it exists, written while the stream runs
   * @param everyTasks tasks between writes
   */
  public Checkpoint(Path file, int everyTasks) {
    this.file = file;
    this.everyTasks = everyTasks;
  }

  Optional<Content> load() {
    if (file == null || !Files.exists(file)) {
      return Optional.empty();
    }
    try {
      return Optional.of(JSON.readValue(file.toFile(), Content.class));
    } catch (IOException e) {
      throw new RunFailure(
          "checkpoint '%s' cannot be read: delete it or name another with dt.checkpoint"
              .formatted(file),
          e);
    }
  }

  void saveIfDue(long tasks, Supplier<Content> content) {
    if (file == null || tasks % everyTasks != 0) {
      return;
    }
    Path partial = file.resolveSibling("." + file.getFileName() + ".partial");
    try {
      Files.write(partial, JSON.writeValueAsBytes(content.get()));
      Files.move(partial, file, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new RunFailure("checkpoint '%s' cannot be written: %s".formatted(file, e), e);
    }
  }
}
