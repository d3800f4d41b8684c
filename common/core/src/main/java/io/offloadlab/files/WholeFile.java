package io.offloadlab.files;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Writes files that are whole or not there: beside their place, synchronised with the disk, and
 * then moved over what was there before.
 *
 * <p>A reader sees the old file or the new one. What failed leaves the old one and nothing else.
 * Files get the mode that every new file of the process gets.
 */
public final class WholeFile {
  private WholeFile() {}

  /** What a file is to hold. */
  @FunctionalInterface
  public interface Content {
    /**
     * Writes the content.
     *
     * @param out buffered; may be closed
     * @throws IOException if it cannot be written
     */
    void writeTo(OutputStream out) throws IOException;
  }

  /**
   * Writes a file, or replaces it. Several processes may write one file: the last one wins.
   *
   * @param file in a folder that exists
   * @throws IOException if it cannot be written, or what the content throws
   */
  public static void write(Path file, Content content) throws IOException {
    Path part = besides(file);
    // Outside the guard: a part file that cannot be made is not there to be deleted.
    FileChannel channel =
        FileChannel.open(part, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    OpenStream out = new OpenStream(Channels.newOutputStream(channel));
    try {
      try (channel) {
        content.writeTo(out);
        out.flush();
        channel.force(true);
      }
      move(part, file);
    } catch (IOException | RuntimeException | Error e) {
      // Where the disk is full, the part file takes what others need.
      deleteAfter(e, part);
      if (out.failure != null) {
        // Libraries that write wrap it in exceptions of their own.
        throw out.failure;
      }
      throw e;
    }
  }

  /** As {@link #write(Path, Content)}, of bytes. */
  public static void write(Path file, byte[] bytes) throws IOException {
    write(file, out -> out.write(bytes));
  }

  /**
   * Gives a complete file its name, once what it holds is on the disk. For files that grow over
   * several runs, such as downloads.
   *
   * @param part in the folder of {@code file}
   * @throws IOException if it cannot be moved; it stays where it is
   */
  public static void place(Path part, Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(part, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
    move(part, file);
  }

  /**
   * Stays open for the synchronising after a writer that closes what it wrote to, and remembers why
   * it could not be written.
   */
  private static final class OpenStream extends BufferedOutputStream {
    private IOException failure;

    OpenStream(OutputStream out) {
      super(out);
    }

    @Override
    public synchronized void write(int b) throws IOException {
      remembering(() -> super.write(b));
    }

    @Override
    public synchronized void write(byte[] bytes, int from, int count) throws IOException {
      remembering(() -> super.write(bytes, from, count));
    }

    @Override
    public synchronized void flush() throws IOException {
      remembering(super::flush);
    }

    @Override
    public void close() throws IOException {
      flush();
    }

    private void remembering(Writing writing) throws IOException {
      try {
        writing.run();
      } catch (IOException e) {
        failure = failure == null ? e : failure;
        throw e;
      }
    }

    private interface Writing {
      void run() throws IOException;
    }
  }

  private static Path besides(Path file) {
    long any = ThreadLocalRandom.current().nextLong();
    return file.resolveSibling(
        String.format(Locale.ROOT, ".%s.%016x.part", file.getFileName(), any));
  }

  private static void move(Path from, Path to) throws IOException {
    try {
      Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    } catch (AtomicMoveNotSupportedException e) {
      Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  private static void deleteAfter(Throwable failure, Path part) {
    try {
      Files.deleteIfExists(part);
    } catch (IOException left) {
      failure.addSuppressed(left);
    }
  }
}
