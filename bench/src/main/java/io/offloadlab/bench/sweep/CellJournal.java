package io.offloadlab.bench.sweep;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.offloadlab.failure.RunFailure;
import io.offloadlab.files.Reasons;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The finished cells of a sweep, a line of JSON each, on the disk before the next one is told of. A
 * process that is killed while it writes leaves part of a line, which is taken off. Safe for use by
 * many threads.
 */
public final class CellJournal implements AutoCloseable {
  /** Its name in the folder of a sweep. */
  public static final String FILE = "cells.jsonl";

  private static final Logger LOG = LoggerFactory.getLogger(CellJournal.class);
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final Path file;
  private final FileChannel channel;
  private final Map<String, CellResult> done;

  private CellJournal(Path file, FileChannel channel, Map<String, CellResult> done) {
    this.file = file;
    this.channel = channel;
    this.done = done;
  }

  /**
   * Opens the journal of a folder, which may be a new one. Cells that failed count as not done.
   *
   * @throws RunFailure if it cannot be read or written, or is no journal
   */
  public static CellJournal open(Path folder) {
    Path file = folder.resolve(FILE);
    try {
      byte[] bytes = Files.exists(file) ? Files.readAllBytes(file) : new byte[0];
      int whole = bytes.length;
      while (whole > 0 && bytes[whole - 1] != '\n') {
        whole--;
      }
      Map<String, CellResult> done =
          read(file, new String(bytes, 0, whole, StandardCharsets.UTF_8));
      FileChannel channel =
          FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (whole < bytes.length) {
        LOG.info("{} ends within a line: the process was killed while it wrote it", file);
        channel.truncate(whole);
      }
      channel.position(whole);
      return new CellJournal(file, channel, done);
    } catch (IOException e) {
      throw new RunFailure("'%s' cannot be opened: %s".formatted(file, Reasons.of(e)), e);
    }
  }

  private static Map<String, CellResult> read(Path file, String text) {
    Map<String, CellResult> done = new LinkedHashMap<>();
    int number = 0;
    for (String line : text.lines().toList()) {
      number++;
      try {
        CellResult result = JSON.readValue(line, CellResult.class);
        done.put(result.key(), result);
      } catch (JsonProcessingException e) {
        throw new RunFailure(
            "'%s', line %s is no finished cell: remove the line, and its cell runs again"
                .formatted(file, number),
            e);
      }
    }
    return done;
  }

  /** Those that were finished, by key, the last result of each. */
  synchronized Map<String, CellResult> done() {
    return Map.copyOf(done);
  }

  /** How many of some cells have failed. */
  public synchronized int failed(Collection<Cell> cells) {
    return (int)
        cells.stream().map(c -> done.get(c.key())).filter(r -> r != null && r.isFailed()).count();
  }

  /**
   * Keeps a result.
   *
   * @throws RunFailure if it cannot be written
   */
  synchronized void add(CellResult result) {
    try {
      ByteBuffer line = StandardCharsets.UTF_8.encode(JSON.writeValueAsString(result) + "\n");
      while (line.hasRemaining()) {
        channel.write(line);
      }
      channel.force(false);
      done.put(result.key(), result);
    } catch (IOException e) {
      throw new RunFailure("'%s' cannot be written: %s".formatted(file, Reasons.of(e)), e);
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new RunFailure("'%s' cannot be written: %s".formatted(file, Reasons.of(e)), e);
    }
  }
}
