package io.offloadlab.node;

import io.netty.buffer.ByteBuf;
import io.offloadlab.failure.RunFailure;
import io.offloadlab.files.UserCache;
import io.offloadlab.files.WholeFile;
import io.offloadlab.weights.ComponentWeights;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Weights by their SHA-256, in a directory that outlives the node. Whatever is read is hashed
 * again, so a damaged file is asked for anew and never computed with. Where the directory cannot be
 * written, weights are kept in memory.
 */
final class WeightCache {
  private static final Logger LOG = LoggerFactory.getLogger(WeightCache.class);

  private final Path directory;
  private final Map<String, ComponentWeights> unwritten = new ConcurrentHashMap<>();
  private final AtomicBoolean warned = new AtomicBoolean();

  WeightCache(Path directory) {
    this.directory = directory;
  }

  /** {@code $XDG_CACHE_HOME/offloadlab/weights}, or the same under {@code ~/.cache}. */
  static Path userDirectory() {
    return UserCache.directory(System.getenv(), Path.of(System.getProperty("user.home")))
        .resolve("weights");
  }

  boolean has(String sha256) {
    return find(sha256).isPresent();
  }

  /**
   * @throws RunFailure if they are not here
   */
  ComponentWeights get(String sha256) {
    return find(sha256)
        .orElseThrow(() -> new RunFailure("weights %s did not arrive".formatted(sha256)));
  }

  private Optional<ComponentWeights> find(String sha256) {
    ComponentWeights kept = unwritten.get(sha256);
    if (kept != null) {
      return Optional.of(kept);
    }
    Path file = file(sha256);
    try {
      ComponentWeights weights =
          ComponentWeights.of(file.toString(), ByteBuffer.wrap(Files.readAllBytes(file)));
      if (weights.sha256().equals(sha256)) {
        return Optional.of(weights);
      }
      LOG.warn("{} is damaged and will be fetched again", file);
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (FileSystemException e) {
      warnOnce(e);
    } catch (IOException | RunFailure e) {
      LOG.warn("{} cannot be read and will be fetched again: {}", file, e.getMessage());
    }
    return Optional.empty();
  }

  /**
   * Keeps weights that arrived.
   *
   * @param blob read, not released
   * @throws RunFailure if they are not what their hash says
   */
  void put(String sha256, ByteBuf blob) {
    byte[] bytes = new byte[blob.readableBytes()];
    blob.getBytes(blob.readerIndex(), bytes);
    ComponentWeights weights = ComponentWeights.of("weights " + sha256, ByteBuffer.wrap(bytes));
    if (!weights.sha256().equals(sha256)) {
      throw new RunFailure(
          "weights announced as %s arrived as %s".formatted(sha256, weights.sha256()));
    }
    try {
      Files.createDirectories(directory);
      WholeFile.write(file(sha256), bytes);
    } catch (IOException e) {
      warnOnce(e);
      unwritten.put(sha256, weights);
    }
  }

  private void warnOnce(IOException e) {
    if (!warned.getAndSet(true)) {
      LOG.warn(
          "weights are kept in memory, because {} cannot be used: {}", directory, e.toString());
    }
  }

  private Path file(String sha256) {
    return directory.resolve(sha256 + ".safetensors");
  }
}
