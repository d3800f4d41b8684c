package io.offloadlab.train.profile;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.offloadlab.data.ImageSet;
import io.offloadlab.failure.RunFailure;
import io.offloadlab.files.Sha256;
import io.offloadlab.models.ModelDirectory;
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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntConsumer;
import java.util.random.RandomGenerator;

/**
 * Measures a model's directory and writes its {@code profile.json}.
 *
 * @param samples test images to use at most, drawn evenly
 * @param combinations random networks of variants to measure
 * @param ratio most convolutions of a block as a fraction of the network's
 * @param only names of the blocks whose variants are measured, the others staying as they are;
 *     empty for all that have variants
 * @param seed of both draws
 */
public record ProfileRun(int samples, int combinations, double ratio, Set<String> only, long seed) {
  /** Copies the set. */
  public ProfileRun {
    only = Set.copyOf(only);
  }

  /**
   * Measures and writes.
   *
   * @param model whose {@code backbone.safetensors} and, if there are pruned blocks, {@code
   *     blocks.safetensors} are measured
   * @param images labelled test images
   * @param progress hears how many images are done
   * @return what was measured, for a person to read
   * @throws io.offloadlab.failure.RunFailure if weights are missing or do not fit, or the profile
   *     cannot be written
   */
  public List<String> run(
      Engine engine, ModelDirectory model, ImageSet images, IntConsumer progress) {
    List<Integer> chosen =
        Subsets.sample(images.size(), Math.min(samples, images.size()), seed, "profile");
    MultiExitGraph graph = graph(model);
    BlockFile variants = variants(model.path().resolve(ModelDirectory.BLOCKS));
    try (AccuracyProfiler profiler =
        new AccuracyProfiler(engine, model.path(), graph, images, ratio, variants)) {
      Measurement result = profiler.result();
      combine(result, combinations);
      profiler.measure(chosen, progress);
      ObjectNode profile =
          ProfileFile.describe(
              model.dataset(), result, provenance(engine, model, images, chosen.size()));
      ProfileFile.write(model.path().resolve(ModelDirectory.PROFILE), profile);
      return ProfileFile.lines(result);
    }
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
    return new BlockFile(only, there.sparsities());
  }

  private static MultiExitGraph graph(ModelDirectory model) {
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

  private void combine(Measurement result, int random) {
    int blocks = result.blocks.size();
    int variants = result.sparsities.size();
    if (variants == 1) {
      return;
    }
    for (int e = 0; e < Measurement.ENVIRONMENTS.size(); e++) {
      int[] all = new int[blocks];
      java.util.Arrays.fill(all, result.variantOf(e));
      result.addCombination(all);
    }
    RandomGenerator generator = RandomStreams.named(seed, "combinations");
    for (int c = 0; c < random; c++) {
      result.addCombination(generator.ints(blocks, 0, variants).toArray());
    }
  }

  private Map<String, String> provenance(
      Engine engine, ModelDirectory model, ImageSet images, int used) {
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
    facts.put(
        "images",
        String.format(Locale.ROOT, "%d of %d test images, seed %d", used, images.size(), seed));
    facts.put("ratio", Double.toString(ratio));
    for (String name : List.of(ModelDirectory.BACKBONE, ModelDirectory.BLOCKS)) {
      Path file = model.path().resolve(name);
      if (Files.exists(file)) {
        facts.put(name + " sha256", Sha256.required(file));
        String trained = SafeTensors.open(file).metadata().get(WeightFiles.TRAINED);
        if (trained != null) {
          facts.put(name + " trained", trained);
        }
      }
    }
    return facts;
  }
}
