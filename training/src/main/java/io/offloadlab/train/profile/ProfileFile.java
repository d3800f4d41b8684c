package io.offloadlab.train.profile;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.offloadlab.failure.RunFailure;
import io.offloadlab.files.WholeFile;
import io.offloadlab.graph.Component;
import io.offloadlab.graph.Layer;
import io.offloadlab.graph.WeightRef;
import io.offloadlab.legodnn.blocks.LegoChain.Piece;
import io.offloadlab.legodnn.blocks.Pruning;
import io.offloadlab.legodnn.blocks.Variants;
import io.offloadlab.models.ExitFigures;
import io.offloadlab.models.ExitFigures.Verdict;
import io.offloadlab.models.ImageHalf;
import io.offloadlab.models.ModelDirectory;
import io.offloadlab.models.ProfileDocument;
import io.offloadlab.models.ProfileTies;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A measurement in the form of {@link ProfileDocument}, with intervals, sizes and provenance beside
 * the figures that strategies read.
 */
final class ProfileFile {
  private static final JsonMapper JSON = new JsonMapper();
  private static final double[] THRESHOLDS = {0, .02, .05, .1, .2, .3, .5, .7, .9, 1.2, 9};

  private ProfileFile() {}

  /**
   * The file's content.
   *
   * @param ties what was measured
   * @param exitFigures SHA-256 of the file of what the exits say of single images
   */
  static ObjectNode describe(
      ProfileTies ties, Measurements m, String exitFigures, Map<String, String> provenance) {
    ObjectNode root = JSON.createObjectNode();
    root.put(ProfileDocument.VERSION_FIELD, ProfileDocument.FORMAT);
    root.set(ProfileDocument.TIES_FIELD, JSON.valueToTree(ties));
    root.put("dataset", ties.dataset());
    root.put("measured_on", provenance.getOrDefault("measured_on", ""));
    root.put("measured", provenance.getOrDefault("measured", ""));
    figures(root, m.all());
    for (ImageHalf half : ImageHalf.values()) {
      Measurement part = m.halves().get(half);
      if (part.exits.values().iterator().next().count() > 0
          && part.hasBlocks() == m.all().hasBlocks()) {
        figures(root.putObject(half.toString()).put("dataset", ties.dataset()), part);
      }
    }
    root.putObject(ProfileDocument.EXIT_FIGURES_FIELD)
        .put("file", ModelDirectory.EXIT_FIGURES)
        .put("sha256", exitFigures);
    ObjectNode source = root.putObject("provenance");
    provenance.forEach(source::put);
    return root;
  }

  private static void figures(ObjectNode root, Measurement m) {
    root.put("channels_multiple", m.rule.multiple());
    root.put("images_test", m.exits.values().iterator().next().count());
    ObjectNode exits = root.putObject("exits");
    m.exits.forEach((exit, t) -> share(exits.putObject(exit), t));
    entropyPolicy(root.putArray("entropy_policy"), m);
    ObjectNode environments = root.putObject("environments");
    environments.put("images", m.environments.get("original").count());
    commonSparsity(environments, "middle", m, 1);
    commonSparsity(environments, "sparsest", m, 2);
    ObjectNode accuracy = environments.putObject("accuracy");
    m.environments.forEach((e, t) -> accuracy.put(e, t.mean()));
    ArrayNode blocks = root.putArray("blocks");
    for (int i = 0; i < m.blocks.size(); i++) {
      block(blocks.addObject(), m, i);
    }
    ObjectNode combinations = root.putObject("combinations");
    int images = m.combinationHits.isEmpty() ? 0 : m.combinationHits.get(0).count();
    combinations.put("images", images);
    ArrayNode measured = combinations.putArray("sparsity_per_block");
    for (int c = 0; c < m.combinations.size() && images > 0; c++) {
      ObjectNode one = measured.addObject();
      ArrayNode sparsities = one.putArray("sparsities");
      int[] network = m.combinations.get(c);
      for (int b = 0; b < network.length; b++) {
        sparsities.add(m.sparsities.get(b).get(network[b]));
      }
      one.put("accuracy", m.combinationHits.get(c).mean());
    }
  }

  /** Of all blocks but the one that is swapped: one number, or one for each block. */
  private static void commonSparsity(
      ObjectNode node, String environment, Measurement m, int number) {
    int[] variants = m.variantsIn(number);
    List<Double> sparsities = new ArrayList<>();
    for (int b = 0; b < variants.length; b++) {
      sparsities.add(m.sparsities.get(b).get(variants[b]));
    }
    if (new HashSet<>(sparsities).size() <= 1) {
      node.put(environment + "_sparsity", sparsities.isEmpty() ? 0 : sparsities.get(0));
    } else {
      sparsities.forEach(node.putArray(environment + "_sparsities")::add);
    }
  }

  /** What the exits say of single images. */
  static ExitFigures exitFigures(Measurement m) {
    return new ExitFigures(List.copyOf(m.exits.keySet()), m.verdicts);
  }

  private static void share(ObjectNode node, Tally t) {
    node.put("accuracy", t.mean());
    interval(node, "accuracy_interval_95", t.shareInterval());
  }

  private static void interval(ObjectNode node, String name, double[] interval) {
    node.putArray(name).add(interval[0]).add(interval[1]);
  }

  private static void block(ObjectNode node, Measurement m, int i) {
    Piece piece = m.blocks.get(i);
    node.put("name", piece.name());
    ArrayNode variants = node.putArray("variants");
    String pruned = Pruning.groups(piece.graph()).get(0).convolution();
    for (int k = 0; k < m.variants(i); k++) {
      double sparsity = m.sparsities.get(i).get(k);
      Component c = Variants.of(piece, sparsity, m.rule, WeightRef.of(ModelDirectory.BACKBONE));
      ObjectNode v = variants.addObject();
      v.put("sparsity", sparsity);
      v.put("kept_filters", ((Layer.Conv2d) c.graph().vertex(pruned).layer()).out());
      v.put("parameters", c.parameters());
      v.put("flops", c.flops());
      v.put("size_mib", c.sizeMib());
      if (m.squaredDeviations[i] > 0) {
        v.put("relative_error", m.relativeError(i, k));
      }
      v.put("accuracy_drop", m.drops[i][k].mean());
      interval(v, "accuracy_drop_interval_95", m.drops[i][k].differenceInterval());
      ObjectNode by = v.putObject("accuracy_drop_by_environment");
      int at = k;
      m.dropsIn.forEach((e, drops) -> by.put(e, drops[i][at].mean()));
    }
  }

  /** Accuracy when every image leaves at the first exit whose entropy is low enough. */
  private static void entropyPolicy(ArrayNode policy, Measurement m) {
    int exits = m.exits.size();
    for (double threshold : THRESHOLDS) {
      int[] counts = new int[exits];
      int hits = 0;
      for (int n = 0; n < m.verdicts.size(); n++) {
        Verdict verdict = m.verdicts.get(n);
        int at = 0;
        while (at < exits - 1 && !(threshold > 0 && verdict.entropy().get(at) <= threshold)) {
          at++;
        }
        counts[at]++;
        hits += verdict.correct().get(at) ? 1 : 0;
      }
      ObjectNode node = policy.addObject().put("entropy_threshold_nats", threshold);
      ArrayNode exitCounts = node.putArray("exit_counts");
      for (int c : counts) {
        exitCounts.add(c);
      }
      node.put("accuracy", hits / (double) m.verdicts.size());
    }
  }

  /** What was measured, for a person to read. */
  static List<String> lines(Measurement m) {
    List<String> lines = new ArrayList<>();
    m.exits.forEach((exit, t) -> lines.add(line("%-12s  accuracy %.4f", exit, t.mean())));
    for (int i = 0; i < m.blocks.size() && m.hasVariants(); i++) {
      StringBuilder drops = new StringBuilder(line("%-12s  drop ", m.blocks.get(i).name()));
      StringBuilder errors = new StringBuilder(line("%-12s  error", ""));
      for (int k = 1; k < m.variants(i); k++) {
        drops.append(line("  @%s %+.4f", m.sparsities.get(i).get(k), m.drops[i][k].mean()));
        errors.append(line("  @%s  %.4f", m.sparsities.get(i).get(k), m.relativeError(i, k)));
      }
      lines.add(drops.toString());
      lines.add(errors.toString());
    }
    m.environments.forEach((e, t) -> lines.add(line("all %-8s  accuracy %.4f", e, t.mean())));
    lines.add(line("%d images", m.environments.get("original").count()));
    return lines;
  }

  private static String line(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }

  static void write(Path file, ObjectNode profile) {
    try {
      WholeFile.write(file, JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(profile));
    } catch (IOException e) {
      throw new RunFailure("%s: cannot be written (%s)".formatted(file, e), e);
    }
  }
}
