package io.offloadlab.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The Python and Matlab versions of CIFAR, which are taken for the binary one by mistake. */
final class OtherVersions {
  private static final Pattern NAME =
      Pattern.compile("(batches-)?(python|py|matlab|mat)(\\.tar\\.gz|\\.tar|\\.tgz)?");

  private OtherVersions() {}

  /**
   * What to say of a directory that is one, or holds one.
   *
   * @return how a sentence goes on; empty if there is none
   */
  static Optional<String> in(Path directory, Dataset dataset) {
    if (!(dataset.origin() instanceof Dataset.Download download)) {
      return Optional.empty();
    }
    return download.files().stream()
        .filter(f -> f.isArchive() && f.name().endsWith("-binary.tar.gz"))
        .findFirst()
        .flatMap(
            binary -> {
              String stem = binary.name().replace("binary.tar.gz", "");
              return named(directory, stem)
                  .map(
                      there ->
                          "%s is another version of it (Python or Matlab); the binary version is read: fetch %s"
                              .formatted(there, binary.address()));
            });
  }

  private static Optional<Path> named(Path directory, String stem) {
    Path itself = directory.toAbsolutePath().normalize();
    if (isOther(itself, stem)) {
      return Optional.of(directory);
    }
    try (Stream<Path> children = Files.list(directory)) {
      return children.filter(p -> isOther(p, stem)).sorted().findFirst();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static boolean isOther(Path path, String stem) {
    String name = String.valueOf(path.getFileName());
    return name.startsWith(stem) && NAME.matcher(name.substring(stem.length())).matches();
  }
}
