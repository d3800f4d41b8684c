package io.offloadlab.data;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import io.offloadlab.data.Dataset.Download;
import io.offloadlab.data.Dataset.RemoteFile;
import io.offloadlab.files.WholeFile;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/**
 * The directory that downloads go to. A file gets its name only when it is whole: before that it
 * ends in {@code .part}. Processes that want the same data set take turns.
 */
final class DataCache {
  private static final Object ONE_THREAD_AT_A_TIME = new Object();

  private final Path root;
  private final Downloader downloader;

  DataCache(Path root, Downloader downloader) {
    this.root = root;
    this.downloader = downloader;
  }

  /**
   * A split, downloaded unless another process has just done so.
   *
   * @throws IOException if the home page cannot be reached or does not hold what it should
   */
  SplitSource obtain(Dataset dataset, Split split) throws IOException {
    Download download = (Download) dataset.origin();
    Path folder = Files.createDirectories(root.resolve(download.folder()));
    DataDirectory directory = new DataDirectory(root);
    synchronized (ONE_THREAD_AT_A_TIME) {
      try (FileChannel channel = FileChannel.open(folder.resolve(".lock"), CREATE, WRITE);
          FileLock lock = channel.lock()) {
        assert lock.isValid();
        if (directory.locate(dataset, split).isEmpty()) {
          fetch(dataset, split, download, folder);
        }
      }
    }
    return directory
        .locate(dataset, split)
        .orElseThrow(
            () ->
                new IOException(
                    "%s was downloaded but does not hold %s"
                        .formatted(dataset.name(), dataset.files(split).names())));
  }

  private void fetch(Dataset dataset, Split split, Download download, Path folder)
      throws IOException {
    List<String> wanted = dataset.files(split).names();
    for (RemoteFile remote : download.files()) {
      if (remote.isArchive()) {
        Path archive = downloader.fetch(remote, folder);
        extract(archive, namesOfAllSplits(dataset), folder);
        Files.delete(archive);
      } else if (wanted.stream().anyMatch(name -> remote.name().equals(name + ".gz"))) {
        downloader.fetch(remote, folder);
      }
    }
  }

  private static Set<String> namesOfAllSplits(Dataset dataset) {
    return dataset.splits().values().stream()
        .flatMap(files -> files.names().stream())
        .collect(Collectors.toSet());
  }

  /** Takes the known files out of a checked archive, whatever folder they are in. */
  private static void extract(Path archive, Set<String> names, Path folder) throws IOException {
    try (InputStream file = new BufferedInputStream(Files.newInputStream(archive));
        TarArchiveInputStream tar = new TarArchiveInputStream(new GZIPInputStream(file))) {
      for (TarArchiveEntry entry; (entry = tar.getNextEntry()) != null; ) {
        String name = entry.getName().substring(entry.getName().lastIndexOf('/') + 1);
        if (entry.isFile() && names.contains(name)) {
          WholeFile.write(folder.resolve(name), tar::transferTo);
        }
      }
    }
  }
}
