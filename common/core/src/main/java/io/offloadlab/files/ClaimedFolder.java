package io.offloadlab.files;

import io.offloadlab.failure.RunFailure;
import io.offloadlab.failure.UsageError;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A folder, or one file in it, that nobody else writes to while this is open. What was made for it
 * and is empty when it closes is removed: who fails before there is anything to keep leaves nothing
 * behind.
 */
public final class ClaimedFolder implements AutoCloseable {
  private static final String LOCK = ".lock";
  private static final int ATTEMPTS = 10_000;

  private final Path path;
  private final Claim claim;
  private final List<Path> made;

  private ClaimedFolder(Path path, Claim claim, List<Path> made) {
    this.path = path;
    this.claim = claim;
    this.made = made;
  }

  /**
   * A folder that a user named.
   *
   * @param option that names it, such as {@code --out}
   * @param path made when it is missing, as are the folders that it lies in
   * @throws UsageError if somebody else is writing to it
   * @throws RunFailure if it cannot be made or written to
   */
  public static ClaimedFolder named(String option, Path path) {
    return named(option, path, path, LOCK);
  }

  /**
   * One file in a folder whose other files are free, as {@link #named}.
   *
   * @param file may exist; the folders that it lies in are made
   */
  public static ClaimedFolder ofFile(String option, Path file) {
    Path parent = file.toAbsolutePath().getParent();
    return named(option, file, parent, ".%s%s".formatted(file.getFileName(), LOCK));
  }

  private static ClaimedFolder named(String option, Path shown, Path folder, String lock) {
    try {
      return claimed(folder, lock, makingAll(folder))
          .orElseThrow(
              () ->
                  new UsageError(
                      "%s '%s' is in use: another process is writing to it; name another one or wait for its end"
                          .formatted(option, shown)));
    } catch (IOException e) {
      throw cannot(option, shown, e);
    }
  }

  /**
   * A folder that there was not before.
   *
   * @param option that names another
   * @param wanted what it is called, with {@code -2}, {@code -3} … after it while that is taken
   * @throws RunFailure if it cannot be made or written to
   */
  public static ClaimedFolder fresh(String option, Path wanted) {
    try {
      for (int i = 1; i < ATTEMPTS; i++) {
        Path path = i == 1 ? wanted : wanted.resolveSibling(wanted.getFileName() + "-" + i);
        List<Path> made = makingAll(path.toAbsolutePath().getParent());
        try {
          Files.createDirectory(path);
        } catch (FileAlreadyExistsException e) {
          continue;
        } catch (NoSuchFileException e) {
          // Who made the folder that it lies in has failed and taken it away in this moment.
          i--;
          continue;
        }
        made.add(path);
        Optional<ClaimedFolder> claimed = claimed(path, LOCK, made);
        if (claimed.isPresent()) {
          return claimed.get();
        }
      }
    } catch (IOException e) {
      throw cannot(option, wanted, e);
    }
    throw new RunFailure(
        "'%s' and all names after it are taken: name a folder with %s".formatted(wanted, option));
  }

  private static Optional<ClaimedFolder> claimed(Path path, String lock, List<Path> made)
      throws IOException {
    try {
      return Claim.of(path.resolve(lock)).map(c -> new ClaimedFolder(path, c, made));
    } catch (IOException e) {
      removeEmpty(made);
      throw e;
    }
  }

  /** Makes a folder and those that it lies in, and tells which ones there were not. */
  private static List<Path> makingAll(Path path) throws IOException {
    List<Path> made = new ArrayList<>();
    for (Path p = path.toAbsolutePath(); p != null && Files.notExists(p); p = p.getParent()) {
      made.add(0, p);
    }
    Files.createDirectories(path);
    return made;
  }

  private static RunFailure cannot(String option, Path path, IOException e) {
    return new RunFailure(
        "%s '%s' cannot be made or written to (%s): name another place"
            .formatted(option, path, Reasons.of(e)),
        e);
  }

  private static void removeEmpty(List<Path> made) throws IOException {
    for (int i = made.size() - 1; i >= 0; i--) {
      try {
        Files.deleteIfExists(made.get(i));
      } catch (DirectoryNotEmptyException e) {
        return;
      }
    }
  }

  /** Where it is. */
  public Path path() {
    return path;
  }

  /** Gives it up. */
  @Override
  public void close() {
    try {
      claim.close();
      removeEmpty(made);
    } catch (IOException e) {
      throw new RunFailure("'%s' cannot be tidied up: %s".formatted(path, Reasons.of(e)), e);
    }
  }
}
