package io.offloadlab.twin.learning;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.offloadlab.failure.RunFailure;
import io.offloadlab.files.Reasons;
import io.offloadlab.files.WholeFile;
import io.offloadlab.twin.settings.TwinSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** A file from which learning goes on. Written whole or not at all. */
public final class TwinCheckpoint {
  /** Nothing is kept. */
  public static final TwinCheckpoint NONE = new TwinCheckpoint(null, Integer.MAX_VALUE);

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
          .build();

  private final Path file;
  private final int everyTasks;

  /**
   * What was learned. Accuracy budgets and estimates of traffic are not in it: they are of one
   * stream and one system, and begin with them.
   *
   * @param tasks decided so far
   * @param settings that it was learned with
   * @param memory the network, its optimiser and its replay memory
   */
  public record Content(long tasks, TwinSettings settings, ContValueNet.Memory memory) {}

  /**
   * @param file read if it exists, written while the stream runs and at its end
   * @param everyTasks tasks between writes
   */
  public TwinCheckpoint(Path file, int everyTasks) {
    this.file = file;
    this.everyTasks = everyTasks;
  }

  /**
   * What was kept, if anything was.
   *
   * @param settings of the run that goes on from it
   * @throws RunFailure if it cannot be read or was learned with settings that make its numbers mean
   *     something else
   */
  public Optional<Content> load(TwinSettings settings) {
    if (file == null || !Files.exists(file)) {
      return Optional.empty();
    }
    if (Files.isDirectory(file)) {
      throw new RunFailure("checkpoint '%s' is a folder: name a file in it".formatted(file));
    }
    Content content;
    try {
      content = JSON.readValue(file.toFile(), Content.class);
    } catch (IOException e) {
      throw new RunFailure(
          "checkpoint '%s' cannot be read: delete it or name another with dt.checkpoint"
              .formatted(file),
          e);
    }
    check(content.settings(), settings);
    return Optional.of(content);
  }

  private void check(TwinSettings made, TwinSettings now) {
    String differ =
        made.meaning().keySet().stream()
            .filter(name -> !made.meaning().get(name).equals(now.meaning().get(name)))
            .map(
                name ->
                    "%s %s, here %s"
                        .formatted(name, made.meaning().get(name), now.meaning().get(name)))
            .collect(Collectors.joining("; "));
    if (!differ.isEmpty()) {
      throw new RunFailure(
          "checkpoint '%s' was learned with other settings (%s): set these or name another file"
              .formatted(file, differ));
    }
  }

  /**
   * Writes the file every so many tasks.
   *
   * @param tasks so far
   * @param content asked for only if it is due
   * @throws RunFailure if it cannot be written
   */
  public void saveIfDue(long tasks, Supplier<Content> content) {
    if (file != null && tasks % everyTasks == 0) {
      save(content);
    }
  }

  /**
   * Writes the file, in folders that are made when they are missing.
   *
   * @throws RunFailure if it cannot be written
   */
  public void save(Supplier<Content> content) {
    if (file == null) {
      return;
    }
    Path whole = file.toAbsolutePath();
    try {
      Files.createDirectories(Objects.requireNonNull(whole.getParent()));
      WholeFile.write(whole, JSON.writeValueAsBytes(content.get()));
    } catch (IOException e) {
      throw new RunFailure(
          "checkpoint '%s' cannot be written: %s".formatted(file, Reasons.of(e)), e);
    }
  }
}
