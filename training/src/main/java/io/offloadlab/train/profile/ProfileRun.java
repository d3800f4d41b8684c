package io.offloadlab.train.profile;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.offloadlab.data.ImageSet;
import io.offloadlab.failure.RunFailure;
import io.offloadlab.files.Sha256;
import io.offloadlab.models.ExitFigures;
import io.offloadlab.models.ExitFigures.Verdict;
import io.offloadlab.models.ModelDirectory;
import io.offloadlab.models.ModelProfile;
import io.offloadlab.models.ProfileTies;
import io.offloadlab.nn.Engine;
import io.offloadlab.stream.RandomStreams;
import io.offloadlab.train.blocks.BlockFile;
import io.offloadlab.train.exits.MultiExitGraph;
import io.offloadlab.train.exits.WeightFiles;
import io.offloadlab.train.input.Subsets;
import io.offloadlab.weights.SafeTensors;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntConsumer;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * Measures a model's directory and writes its {@code profile.json}.
 *
 * @param extent which images and networks of variants
 * @param ratio most convolutions of a block as a fraction of the network's
 * @param only names of the blocks whose variants are measured, the others staying as they are;
 *     empty for all that have variants
 */
public record ProfileRun(Extent extent, double ratio, Set<String> only) {
  /** Copies the set. */
  public ProfileRun {
    only = Set.copyOf(only);
  }

  /** How much is measured. */
  public sealed interface Extent {}

  /**
   * Images and networks that are drawn.
   *
   * @param samples test images to use at most, drawn evenly
   * @param blockSamples the first of these, at most so many, are for blocks and combinations
   * @param combinations random networks of variants to measure
   * @param seed of both draws
   */
  public record Drawn(int samples, int blockSamples, int combinations, long seed)
      implements Extent {}

  /**
   * What a profile measured before: its images and networks of variants, to compare figure by
   * figure. Where it does not say which images, they were the first of the test images.
   *
   * @param before that profile
   * @param exits what it says of single images; empty if it does not
   */
  public record Again(ModelProfile before, Optional<ExitFigures> exits) implements Extent {}

  /**
   * Images that will be run, each as often as it is used.
   *
   * @param available test images that there are
   */
  public int total(int available) {
    return images(available).total();
  }

  /**
   * Measures and writes.
   *
   * @param model whose {@code backbone.safetensors} and, if there are pruned blocks, {@code
   *     blocks.safetensors} are measured
   * @param images labelled test images
   * @param progress hears how many of {@link #total} are done
   * @return what was measured, for a person to read
   * @throws io.offloadlab.failure.RunFailure if weights are missing or do not fit, or the profile
   *     cannot be written
   */
  public List<String> run(
      Engine engine, ModelDirectory model, ImageSet images, IntConsumer progress) {
    ChosenImages chosen = images(images.size());
    ProfileTies ties = ProfileTies.of(model);
    MultiExitGraph graph = graph(model);
    BlockFile variants = variants(model.path().resolve(ModelDirectory.BLOCKS));
    try (AccuracyProfiler profiler =
        new AccuracyProfiler(engine, model.path(), graph, images, ratio, variants)) {
      Measurements results = profiler.results();
      networks(results.all()).forEach(n -> results.prepare(m -> m.addCombination(n)));
      profiler.measure(chosen, progress);
      Path figures = model.path().resolve(ModelDirectory.EXIT_FIGURES);
      ProfileFile.exitFigures(results.all()).write(figures);
      ObjectNode profile =
          ProfileFile.describe(
              ties, results, Sha256.required(figures), provenance(engine, model, images, chosen));
      ProfileFile.write(model.path().resolve(ModelDirectory.PROFILE), profile);
      return ProfileFile.lines(results.all());
    }
  }

  private ChosenImages images(int available) {
    if (extent instanceof Drawn drawn) {
      List<Integer> chosen =
          drawn.samples >= available
              ? IntStream.range(0, available).boxed().toList()
              : Subsets.sample(available, drawn.samples, drawn.seed, "profile");
      List<Integer> some = first(chosen, drawn.blockSamples);
      return new ChosenImages(chosen, some, some);
    }
    Again again = (Again) extent;
    ModelProfile before = again.before;
    List<Integer> all =
        again
            .exits
            .map(e -> e.verdicts().stream().map(Verdict::record).toList())
            .orElse(IntStream.range(0, before.imagesTest()).boxed().toList());
    if (all.stream().anyMatch(record -> record >= available)) {
      throw new RunFailure(
          String.format(
              Locale.ROOT,
              "the profile was measured on other test images than these %d",
              available));
    }
    int blocks = before.environments() == null ? 0 : before.environments().images();
    int combinations = before.combinations() == null ? 0 : before.combinations().images();
    return new ChosenImages(all, first(all, blocks), first(all, combinations));
  }

  private static List<Integer> first(List<Integer> images, int count) {
    return images.subList(0, Math.min(count, images.size()));
  }

  private BlockFile variants(Path file) {
    BlockFile there = BlockFile.of(file);
    BlockFile.requireBackbone(file, file.resolveSibling(ModelDirectory.BACKBONE));
    if (only.isEmpty()) {
      return there;
    }
    if (!there.blocks().containsAll(only)) {
      throw new RunFailure(
          "%s has variants of %s, not of all of %s"
              .formatted(file, there.blocks(), new TreeSet<>(only)));
    }
    Map<String, List<Double>> wanted = new LinkedHashMap<>(there.sparsities());
    wanted.keySet().retainAll(only);
    return new BlockFile(wanted, there.rule());
  }

  static MultiExitGraph graph(ModelDirectory model) {
    List<String> exits = model.card().earlyExits();
    if (exits.isEmpty()) {
      return MultiExitGraph.withoutBranches(model.network());
    }
    MultiExitGraph graph = MultiExitGraph.withBranches(model.network());
    if (!graph.earlyExits().equals(exits)) {
      throw new RunFailure(
          "%s has the exits %s, where %s were expected"
              .formatted(model.path().resolve(ModelDirectory.BACKBONE), exits, graph.earlyExits()));
    }
    return graph;
  }

  /** The networks to measure, by the index of every block's variant. */
  private List<int[]> networks(Measurement result) {
    int blocks = result.blocks.size();
    List<int[]> networks = new ArrayList<>();
    if (extent instanceof Again again) {
      if (again.before.combinations() != null) {
        again.before.combinations().measured().forEach(c -> networks.add(indices(c, result)));
      }
      return networks;
    }
    if (!result.hasVariants()) {
      return networks;
    }
    for (int e = 0; e < Measurement.ENVIRONMENTS.size(); e++) {
      networks.add(result.variantsIn(e));
    }
    Drawn drawn = (Drawn) extent;
    RandomGenerator generator = RandomStreams.named(drawn.seed, "combinations");
    for (int c = 0; c < drawn.combinations; c++) {
      networks.add(
          IntStream.range(0, blocks).map(b -> generator.nextInt(0, result.variants(b))).toArray());
    }
    return networks;
  }

  private static int[] indices(ModelProfile.Combination network, Measurement result) {
    int blocks = Math.min(network.sparsities().size(), result.blocks.size());
    int[] indices =
        IntStream.range(0, blocks)
            .map(b -> result.sparsities.get(b).indexOf(network.sparsities().get(b)))
            .toArray();
    if (network.sparsities().size() != result.blocks.size()
        || Arrays.stream(indices).anyMatch(i -> i < 0)) {
      throw new RunFailure(
          String.format(
              Locale.ROOT,
              "the profile has the network %s, but there are %d blocks of the sparsities %s: measure without --again",
              network.sparsities(),
              result.blocks.size(),
              result.sparsities));
    }
    return indices;
  }

  private Map<String, String> provenance(
      Engine engine, ModelDirectory model, ImageSet images, ChosenImages used) {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put(
        "measured_on",
        "the weights of this folder, float32 arithmetic, " + engine + " through DJL");
    facts.put("measured", LocalDate.now(ZoneOffset.UTC).toString());
    facts.put(
        "machine",
        String.format(
            Locale.ROOT,
            "%d x %s, %s %s, Java %s",
            Runtime.getRuntime().availableProcessors(),
            System.getProperty("os.arch"),
            System.getProperty("os.name"),
            System.getProperty("os.version"),
            System.getProperty("java.version")));
    facts.put("engine", engine.toString());
    facts.put("threads", Integer.toString(engine.threads()));
    facts.put(
        "images",
        String.format(
            Locale.ROOT,
            "%d of %d test images for exits, the first %d of them for blocks, the first %d for combinations, %s",
            used.exits().size(),
            images.size(),
            used.blocks().size(),
            used.combinations().size(),
            extent instanceof Drawn drawn ? "seed " + drawn.seed : "as in the profile before"));
    facts.put("halves", "selection: even record numbers of the test files; report: odd ones");
    facts.put("ratio", Double.toString(ratio));
    for (String name : List.of(ModelDirectory.BACKBONE, ModelDirectory.BLOCKS)) {
      Path file = model.path().resolve(name);
      if (Files.exists(file)) {
        String trained = SafeTensors.open(file).metadata().get(WeightFiles.TRAINED);
        if (trained != null) {
          facts.put(name + " trained", trained);
        }
      }
    }
    return facts;
  }
}
