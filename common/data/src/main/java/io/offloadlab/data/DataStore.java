package io.offloadlab.data;

import io.offloadlab.failure.RunFailure;
import io.offloadlab.files.UserCache;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Finds images: in the directory given on the command line, else in {@code $OFFLOADLAB_DATA}, else
 * in the cache ({@code $XDG_CACHE_HOME/offloadlab/data}, {@code ~/.cache} by default), else on the
 * data set's home page, from where they go into the cache.
 */
public final class DataStore {
  private static final String VARIABLE = "OFFLOADLAB_DATA";

  private final Optional<Path> given;
  private final Optional<Path> variable;
  private final Path cache;
  private final Optional<Downloader> downloader;

  DataStore(
      Optional<Path> given, Optional<Path> variable, Path cache, Optional<Downloader> downloader) {
    this.given = given;
    this.variable = variable;
    this.cache = cache;
    this.downloader = downloader;
  }

  /**
   * The store of a user's machine.
   *
   * @param given the directory of {@code --data}, if it was given: then no other place counts
   */
  public static DataStore standard(Optional<Path> given) {
    return of(given, System.getenv(), Path.of(System.getProperty("user.home")))
        .with(Optional.of(Downloader.standard()));
  }

  static DataStore of(Optional<Path> given, Map<String, String> environment, Path home) {
    return new DataStore(
        given,
        directory(environment, VARIABLE),
        UserCache.directory(environment, home).resolve("data"),
        Optional.empty());
  }

  private static Optional<Path> directory(Map<String, String> environment, String name) {
    return Optional.ofNullable(environment.get(name)).filter(v -> !v.isBlank()).map(Path::of);
  }

  /** The same store, except that it never opens a connection. */
  public DataStore offline() {
    return with(Optional.empty());
  }

  DataStore with(Optional<Downloader> other) {
    return new DataStore(given, variable, cache, other);
  }

  /**
   * Finds a split, fetching it if need be.
   *
   * @throws RunFailure if the directory of {@code --data} does not hold it, or a file that was
   *     found is truncated or corrupt
   */
  public Lookup find(Dataset dataset, Split split) {
    if (dataset.origin() instanceof Dataset.Embedded embedded) {
      return new Lookup.Found(
          ImageFiles.readEmbedded(dataset, split, embedded), "embedded in OffloadLab");
    }
    if (given.isPresent()) {
      DataDirectory directory = new DataDirectory(given.get());
      return directory
          .locate(dataset, split)
          .map(files -> found(dataset, split, files))
          .orElseThrow(() -> notGiven(dataset, split, directory));
    }
    Optional<SplitSource> local =
        variable
            .flatMap(path -> new DataDirectory(path).locate(dataset, split))
            .or(() -> new DataDirectory(cache).locate(dataset, split));
    if (local.isPresent()) {
      return found(dataset, split, local.get());
    }
    if (downloader.isEmpty()) {
      return unreachable(dataset, split, "downloads are switched off");
    }
    try {
      DataCache here = new DataCache(cache, downloader.get());
      return found(dataset, split, here.obtain(dataset, split));
    } catch (IOException e) {
      return unreachable(dataset, split, Downloader.explain(e));
    }
  }

  private static Lookup found(Dataset dataset, Split split, SplitSource source) {
    return new Lookup.Found(ImageFiles.read(dataset, split, source), source.origin().toString());
  }

  private static RunFailure notGiven(Dataset dataset, Split split, DataDirectory directory) {
    Path path = directory.path();
    if (Files.isRegularFile(path)) {
      return new RunFailure("--data %s is a file: name the folder that it lies in".formatted(path));
    }
    String hint =
        OtherVersions.in(path, dataset)
            .orElse(
                "looked for %s in it"
                    .formatted(String.join(", ", directory.lookedFor(dataset, split))));
    return new RunFailure(
        "--data %s does not hold the %s images of %s: %s"
            .formatted(path, split, dataset.name(), hint));
  }

  private Lookup unreachable(Dataset dataset, Split split, String why) {
    String lack =
        variable
            .map(
                path ->
                    "neither $%s (%s) nor the cache (%s) holds".formatted(VARIABLE, path, cache))
            .orElse("the cache (%s) does not hold".formatted(cache));
    return new Lookup.Unreachable(
        "%s, and %s %s; fetch %s by hand and pass --data DIR"
            .formatted(why, lack, String.join(", ", dataset.files(split).names()), dataset.name()));
  }
}
