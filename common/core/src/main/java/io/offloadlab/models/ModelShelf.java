package io.offloadlab.models;

import io.offloadlab.failure.RunFailure;
import io.offloadlab.files.Reasons;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The models that ship with the laboratory or were made with it: one directory per data set below
 * {@code models/}. A model counts when its backbone, blocks and profile are all there: one that is
 * still being made is no default and no choice.
 *
 * @param directory the {@code models} directory
 */
public record ModelShelf(Path directory) {
  /** System property that names the laboratory's home; the launchers set it. */
  public static final String HOME = "offloadlab.home";

  private static final String PREFERRED = "cifar100";

  /**
   * The shelf of this laboratory: below the directory that the system property {@value #HOME}
   * names, or else below the working directory or the nearest of its parents that has one.
   *
   * @throws RunFailure if there is none
   */
  public static ModelShelf find() {
    String home = System.getProperty(HOME);
    Path start = Path.of(home == null ? "" : home).toAbsolutePath();
    for (Path p = start; p != null; p = home == null ? p.getParent() : null) {
      ModelShelf shelf = new ModelShelf(p.resolve("models"));
      if (Files.isDirectory(shelf.directory) && !shelf.datasets().isEmpty()) {
        return shelf;
      }
    }
    throw new RunFailure(
        "%s has no directory 'models' with weights in it: start from the laboratory's directory, or"
                .formatted(start)
            + " set -D%s=DIR".formatted(HOME));
  }

  /**
   * Data sets with whole models, in alphabetical order.
   *
   * @throws RunFailure if the directory cannot be listed
   */
  public List<String> datasets() {
    try (Stream<Path> children = Files.list(directory)) {
      return children
          .map(p -> p.getFileName().toString())
          .filter(d -> at(d).missing().isEmpty())
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new RunFailure("%s: cannot be listed (%s)".formatted(directory, Reasons.of(e)), e);
    }
  }

  private ModelDirectory at(String dataset) {
    return new ModelDirectory(dataset, directory.resolve(dataset));
  }

  /** The data set to take when none is named: cifar100 when its weights are here. */
  public String defaultDataset() {
    List<String> all = datasets();
    return all.contains(PREFERRED) ? PREFERRED : all.get(0);
  }

  /**
   * The whole model of a data set.
   *
   * @throws RunFailure if there is none; the message names those that there are, or what one lacks
   */
  public ModelDirectory model(String dataset) {
    ModelDirectory model = trained(dataset);
    List<String> missing = model.missing();
    if (!missing.isEmpty()) {
      throw new RunFailure(
          "%s is not whole: %s missing; make it with bin/legodnn train and bin/legodnn profile"
              .formatted(model.path(), String.join(" and ", missing)));
    }
    return model;
  }

  /**
   * A model of which the trained network at least is there.
   *
   * @throws RunFailure if there is none; the message names those that there are
   */
  public ModelDirectory trained(String dataset) {
    ModelDirectory model = at(dataset);
    if (model.missing().contains(ModelDirectory.BACKBONE)) {
      throw new RunFailure(
          "no weights for data set '%s'; there are some for %s"
              .formatted(dataset, String.join(", ", datasets())));
    }
    return model;
  }

  /** Whether a data set's network was trained. */
  public boolean isTrained(String dataset) {
    return !at(dataset).missing().contains(ModelDirectory.BACKBONE);
  }
}
