package io.offloadlab.bench;

import io.offloadlab.failure.RunFailure;
import io.offloadlab.files.Reasons;
import io.offloadlab.files.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** SHA-256 of the files of a folder, so that a run can be repeated with the very same weights. */
final class Checksums {
  private Checksums() {}

  static Map<String, String> of(Path folder) {
    Map<String, String> sums = new TreeMap<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        sums.put(file.getFileName().toString(), Sha256.of(file));
      }
    } catch (IOException e) {
      throw new RunFailure("'%s' cannot be read: %s".formatted(folder, Reasons.of(e)), e);
    }
    return sums;
  }
}
