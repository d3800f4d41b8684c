package io.offloadlab.models;

import io.offloadlab.failure.RunFailure;
import io.offloadlab.failure.UsageError;
import io.offloadlab.files.Reasons;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The models that ship with the laboratory or were made with it: {@code models/DATASET} is what a
 * data set's name stands for, others of the same data set lie beside it under any name and are
 * named by their folder. A model counts when its backbone, blocks and profile are all there: one
 * that is still being made is no default and no choice.
 *
 * @param directory the {@code models} directory
 */
public record ModelShelf(Path directory) {
  /** System property that names the laboratory's home; the launchers set it. */
  public static final String HOME = "offloadlab.home";

  /** Its network reaches the accuracies that the published experiments ask for. */
  private static final String PREFERRED = "cifar10";

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
        "%s has no directory 'models' with weights in it: start from the laboratory's directory, name"
                .formatted(start)
            + " a folder of weights with --weights, or set -D%s=DIR".formatted(HOME));
  }

  /**
   * The model that a user names, of which the trained network at least is there.
   *
   * @param dataset the data set's name; null for that of the weights, or else the default one
   * @param weights folder of the model; null for the data set's own on the shelf
   * @throws RunFailure if there is none; the message says how to make it
   */
  public static ModelDirectory chosen(String dataset, Path weights) {
    if (weights == null) {
      ModelShelf shelf = find();
      return shelf.trained(dataset == null ? shelf.defaultDataset() : dataset);
    }
    ModelDirectory model = ModelDirectory.in(weights);
    ModelDirectory named = dataset == null ? model : new ModelDirectory(dataset, weights);
    if (named.missing().contains(ModelDirectory.BACKBONE)) {
      throw new RunFailure(
          "--weights %s has no %s: train it with %s"
              .formatted(
                  weights,
                  ModelDirectory.BACKBONE,
                  Making.commands(dataset == null ? PREFERRED : dataset, weights).get(0)));
    }
    return named;
  }

  /**
   * Data sets with whole models of their name, in alphabetical order.
   *
   * @throws RunFailure if the directory cannot be listed
   */
  public List<String> datasets() {
    return whole().stream()
        .filter(m -> m.dataset().equals(name(m)))
        .map(ModelDirectory::dataset)
        .sorted()
        .toList();
  }

  private static String name(ModelDirectory model) {
    return model.path().getFileName().toString();
  }

  private List<ModelDirectory> whole() {
    try (Stream<Path> children = Files.list(directory)) {
      return children
          .map(ModelDirectory::in)
          .filter(m -> m.missing().isEmpty())
          .sorted(Comparator.comparing(ModelShelf::name))
          .toList();
    } catch (IOException e) {
      throw new RunFailure("%s: cannot be listed (%s)".formatted(directory, Reasons.of(e)), e);
    }
  }

  private ModelDirectory at(String dataset) {
    return new ModelDirectory(dataset, directory.resolve(dataset));
  }

  /** The data set to take when none is named: cifar10 when its weights are here. */
  public String defaultDataset() {
    List<String> all = datasets();
    return all.contains(PREFERRED) ? PREFERRED : all.get(0);
  }

  /**
   * The whole model of a data set.
   *
   * @throws RunFailure if there is none; the message says what lacks and how to make it
   */
  public ModelDirectory model(String dataset) {
    ModelDirectory model = trained(dataset);
    model.requireWhole();
    return model;
  }

  /**
   * A model of which the trained network at least is there.
   *
   * @throws UsageError if there is none; the message names those that there are and how to make one
   */
  public ModelDirectory trained(String dataset) {
    ModelDirectory model = at(dataset);
    if (!model.missing().contains(ModelDirectory.BACKBONE)) {
      return model;
    }
    List<String> others =
        whole().stream()
            .filter(m -> m.dataset().equals(dataset))
            .map(m -> "--weights " + m.path())
            .toList();
    if (!others.isEmpty()) {
      throw new UsageError(
          "there are several models of '%s', but none under its name: choose one with %s"
              .formatted(dataset, String.join(" or ", others)));
    }
    throw new UsageError(
        "no weights for data set '%s'; there are some for %s; train it with %s"
            .formatted(
                dataset,
                String.join(", ", datasets()),
                String.join(", then ", Making.commands(dataset, model.path()))));
  }
}
