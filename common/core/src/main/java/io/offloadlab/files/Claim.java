package io.offloadlab.files;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import java.util.Optional;

/**
 * The right to write somewhere, which one holder has at a time, on this machine or on others that
 * share the file system. It rests on the lock of a file, so that it ends with its process, however
 * that ends.
 */
public final class Claim implements AutoCloseable {
  private static final int ATTEMPTS = 100;

  private final Path file;
  private final FileChannel channel;

  /**
   * Kept for as long as this is: the channel refers to it weakly, and this process could take the
   * claim again once it is collected.
   */
  private final FileLock lock;

  private Claim(Path file, FileChannel channel, FileLock lock) {
    this.file = file;
    this.channel = channel;
    this.lock = lock;
  }

  /**
   * Claims what a lock file stands for.
   *
   * @param file is made, and deleted in the end; its folder exists
   * @return empty when somebody else has it
   * @throws IOException if the file cannot be made or locked
   */
  public static Optional<Claim> of(Path file) throws IOException {
    for (int i = 0; i < ATTEMPTS; i++) {
      FileChannel channel =
          FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      try {
        Object before = key(file);
        FileLock lock = channel.tryLock();
        if (lock == null) {
          channel.close();
          return Optional.empty();
        }
        if (before != null && Objects.equals(before, key(file))) {
          return Optional.of(new Claim(file, channel, lock));
        }
        // The holder before deleted the file between the two: the lock is of a file without a name.
        channel.close();
      } catch (OverlappingFileLockException e) {
        channel.close();
        return Optional.empty();
      } catch (IOException e) {
        try (channel) {
          throw e;
        }
      }
    }
    return Optional.empty();
  }

  /** What tells a file from another that has taken its name. */
  private static Object key(Path file) throws IOException {
    try {
      BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
      return Optional.ofNullable(attributes.fileKey()).orElse(attributes.creationTime());
    } catch (NoSuchFileException e) {
      return null;
    }
  }

  /** Gives it up. */
  @Override
  public void close() throws IOException {
    try (channel;
        lock) {
      Files.deleteIfExists(file);
    }
  }
}
