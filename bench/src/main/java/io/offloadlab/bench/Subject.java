package io.offloadlab.bench;

import io.offloadlab.bench.metric.ImageUse;
import io.offloadlab.graph.ModelGraph;
import io.offloadlab.models.ModelDirectory;
import io.offloadlab.models.ProfileDocument;
import java.util.Map;
import java.util.function.LongFunction;
import java.util.function.Supplier;

/**
 * What runs: a network and images for it.
 *
 * @param network without early exits
 * @param dataset its name, or what stands in for one
 * @param files of the network; random weights are made when they are asked for
 * @param profile what is known of its accuracy
 * @param use which images choose, and which report
 * @param imageCount how many images there are to draw from
 * @param images reads or makes them, given a seed
 */
record Subject(
    ModelGraph network,
    String dataset,
    Supplier<ModelDirectory> files,
    ProfileDocument profile,
    ImageUse use,
    int imageCount,
    LongFunction<Images> images) {
  /** Whether there is nothing to look at but latency. */
  boolean isLatencyAlone() {
    return use.equals(ImageUse.NONE);
  }

  /** SHA-256 of every file; of none where weights are drawn. */
  Map<String, String> checksums() {
    return isLatencyAlone() ? Map.of() : Checksums.of(files.get().path());
  }
}
