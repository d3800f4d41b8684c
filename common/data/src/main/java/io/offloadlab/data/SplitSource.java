package io.offloadlab.data;

import io.offloadlab.failure.RunFailure;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/**
 * Where the files of a split lie: each for itself, plain or in gzip, or together in the official
 * archive, which is read through and never unpacked to disk.
 */
sealed interface SplitSource {
  /** What is done with the content of a file. */
  @FunctionalInterface
  interface Reader {
    /**
     * Reads a file.
     *
     * @param index of the file among the split's
     * @param name for messages
     * @param content unzipped; not to be closed
     * @throws IOException if it cannot be read
     */
    void read(int index, String name, InputStream content) throws IOException;
  }

  /**
   * Reads all files, in any order.
   *
   * @throws RunFailure if one cannot be read, or is missing from an archive
   */
  void each(Reader reader);

  /** What to call it in a report. */
  Path origin();

  /**
   * Files for themselves.
   *
   * @param paths in the order of {@link Dataset.SplitFiles#names}
   */
  record Apart(List<Path> paths) implements SplitSource {
    /** Copies the list. */
    public Apart {
      paths = List.copyOf(paths);
    }

    @Override
    public void each(Reader reader) {
      for (int i = 0; i < paths.size(); i++) {
        Path file = paths.get(i);
        try (InputStream raw = new BufferedInputStream(Files.newInputStream(file));
            InputStream content = unzipped(raw)) {
          reader.read(i, file + (content == raw ? "" : " (unzipped)"), content);
        } catch (IOException e) {
          throw unreadable(file, e);
        }
      }
    }

    @Override
    public Path origin() {
      return paths.get(0).toAbsolutePath().normalize().getParent();
    }
  }

  /**
   * The official archive.
   *
   * @param archive gzip of tar, or tar
   * @param names of the files in it, in whatever folder
   */
  record Archive(Path archive, List<String> names) implements SplitSource {
    /** What the published archives hold is a fifth of it. */
    private static final long MOST_BYTES = 1L << 30;

    private static final int MOST_ENTRIES = 1000;

    /** Copies the list. */
    public Archive {
      names = List.copyOf(names);
    }

    @Override
    public void each(Reader reader) {
      Set<String> missing = new HashSet<>(names);
      try (InputStream raw = new BufferedInputStream(Files.newInputStream(archive));
          TarArchiveInputStream tar = new TarArchiveInputStream(unzipped(raw))) {
        long bytes = 0;
        int entries = 0;
        while (!missing.isEmpty()) {
          TarArchiveEntry entry = tar.getNextEntry();
          if (entry == null) {
            break;
          }
          bytes += Math.max(0, entry.getSize());
          if (bytes > MOST_BYTES || ++entries > MOST_ENTRIES) {
            throw new RunFailure(
                "%s holds more than the archive of a data set does: it is another file"
                    .formatted(archive));
          }
          String name = entry.getName().substring(entry.getName().lastIndexOf('/') + 1);
          if (entry.isFile() && missing.remove(name)) {
            reader.read(names.indexOf(name), "%s in %s".formatted(name, archive), tar);
          }
        }
      } catch (IOException e) {
        throw unreadable(archive, e);
      }
      if (!missing.isEmpty()) {
        throw new RunFailure(
            "%s does not hold %s: it is another archive than its name says"
                .formatted(archive, String.join(", ", missing.stream().sorted().toList())));
      }
    }

    @Override
    public Path origin() {
      return archive.toAbsolutePath().normalize();
    }
  }

  private static RunFailure unreadable(Path file, IOException e) {
    String why = e.getMessage() == null ? "it ends too early" : e.getMessage();
    if (e instanceof FileSystemException) {
      return new RunFailure("%s cannot be read: %s".formatted(file, why), e);
    }
    return new RunFailure(
        String.format(
            Locale.ROOT,
            "%s (%d bytes) is truncated or corrupt: %s; get the file again",
            file,
            file.toFile().length(),
            why),
        e);
  }

  /** The stream itself unless it begins as gzip does, which no record of labels and pixels can. */
  private static InputStream unzipped(InputStream raw) throws IOException {
    raw.mark(2);
    boolean zipped = raw.read() == 0x1f && raw.read() == 0x8b;
    raw.reset();
    return zipped ? new BufferedInputStream(new GZIPInputStream(raw)) : raw;
  }
}
