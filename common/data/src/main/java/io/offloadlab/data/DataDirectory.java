package io.offloadlab.data;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A directory that may hold data sets: their files lie in it, or in the folder that the official
 * archive has.
 */
record DataDirectory(Path path) {

  /** Files of a split, in the order of {@link Dataset.SplitFiles#names}; empty if one is absent. */
  Optional<List<Path>> locate(Dataset dataset, Split split) {
    return folders(dataset).stream()
        .map(folder -> in(folder, dataset.files(split).names()))
        .flatMap(Optional::stream)
        .findFirst();
  }

  /** What {@link #locate} looks for, relative to the directory. */
  List<String> lookedFor(Dataset dataset, Split split) {
    return folders(dataset).stream()
        .flatMap(folder -> dataset.files(split).names().stream().map(folder::resolve))
        .map(file -> path.relativize(file).toString())
        .toList();
  }

  private List<Path> folders(Dataset dataset) {
    return dataset.origin() instanceof Dataset.Download download
        ? List.of(path, path.resolve(download.folder()))
        : List.of(path);
  }

  private static Optional<List<Path>> in(Path folder, List<String> names) {
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
    return Optional.of(List.copyOf(found));
  }
}
