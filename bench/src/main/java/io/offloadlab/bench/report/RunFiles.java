package io.offloadlab.bench.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.offloadlab.bench.metric.Metrics;
import io.offloadlab.failure.RunFailure;
import io.offloadlab.failure.UsageError;
import io.offloadlab.files.Reasons;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.StreamSupport;
import tech.tablesaw.api.Table;

/**
 * The files that an earlier run wrote.
 *
 * @param folder where they are
 * @param run its {@code run.json}
 * @param tasks its {@code tasks.csv}, which may be compressed ({@code tasks.csv.gz})
 */
public record RunFiles(Path folder, JsonNode run, Table tasks) {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  /**
   * Reads them.
   *
   * @throws UsageError if the folder is of no run
   * @throws RunFailure if a file cannot be read
   */
  public static RunFiles read(Path folder) {
    Path description = folder.resolve("run.json");
    Path tasks = folder.resolve(RunFolder.TASKS);
    if (!Files.exists(tasks)) {
      tasks = folder.resolve(RunFolder.TASKS + ".gz");
    }
    for (Path file : List.of(description, tasks)) {
      if (!Files.isReadable(file)) {
        throw new UsageError(
            "'%s' is no folder of a run: it has no %s".formatted(folder, file.getFileName()));
      }
    }
    try {
      return new RunFiles(
          folder, JSON.readTree(description.toFile()), CsvTables.read(tasks, Metrics.ofTasks()));
    } catch (JsonProcessingException e) {
      throw new RunFailure(
          "'%s' is no run.json: %s".formatted(description, e.getOriginalMessage()), e);
    } catch (IOException e) {
      throw new RunFailure("'%s' cannot be read: %s".formatted(description, Reasons.of(e)), e);
    }
  }

  /** What its folder is called. */
  public String name() {
    return folder.toAbsolutePath().normalize().getFileName().toString();
  }

  /** The command that made the run, word by word. */
  public List<String> command() {
    return StreamSupport.stream(run.path("command").spliterator(), false)
        .map(JsonNode::asText)
        .toList();
  }

  /** The view that it decided from. */
  public Path view() {
    return folder.resolve("view.json");
  }
}
