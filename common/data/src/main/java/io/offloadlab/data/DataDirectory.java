package io.offloadlab.data;

import io.offloadlab.data.Dataset.RemoteFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A directory that may hold data sets: their files lie in it, or in the folder that the official
 * archive has, or in that archive.
 */
record DataDirectory(Path path) {

  /** Where a split lies; empty if a file is absent. */
  Optional<SplitSource> locate(Dataset dataset, Split split) {
    List<String> names = dataset.files(split).names();
    return folders(dataset).stream()
        .map(folder -> in(folder, names).or(() -> archive(folder, dataset, names)))
        .flatMap(Optional::stream)
        .findFirst();
  }

  /** What {@link #locate} looks for, relative to the directory. */
  List<String> lookedFor(Dataset dataset, Split split) {
    Stream<Path> files =
        folders(dataset).stream()
            .flatMap(folder -> dataset.files(split).names().stream().map(folder::resolve));
    Stream<Path> archives = archives(dataset).stream().map(path::resolve);
    return Stream.concat(files, archives).map(file -> path.relativize(file).toString()).toList();
  }

  private static List<String> archives(Dataset dataset) {
    return dataset.origin() instanceof Dataset.Download download
        ? download.files().stream().filter(RemoteFile::isArchive).map(RemoteFile::name).toList()
        : List.of();
  }

  private static Optional<SplitSource> archive(Path folder, Dataset dataset, List<String> names) {
    return archives(dataset).stream()
        .flatMap(name -> Stream.of(name, name.replaceFirst("\\.gz$", "")))
        .map(folder::resolve)
        .filter(Files::isRegularFile)
        .findFirst()
        .map(file -> new SplitSource.Archive(file, names));
  }

  private List<Path> folders(Dataset dataset) {
    return dataset.origin() instanceof Dataset.Download download
        ? List.of(path, path.resolve(download.folder()))
        : List.of(path);
  }

  private static Optional<SplitSource> in(Path folder, List<String> names) {
    List<Path> found = new ArrayList<>();
    for (String name : names) {
      Path plain = folder.resolve(name);
      Path zipped = folder.resolve(name + ".gz");
      if (Files.isRegularFile(plain)) {
        found.add(plain);
      } else if (Files.isRegularFile(zipped)) {
        found.add(zipped);
      } else {
        return Optional.empty();
      }
    }
    return Optional.of(new SplitSource.Apart(found));
  }
}
