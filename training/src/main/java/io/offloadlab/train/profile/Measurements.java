package io.offloadlab.train.profile;

import io.offloadlab.legodnn.blocks.LegoChain.Piece;
import io.offloadlab.legodnn.blocks.PruningRule;
import io.offloadlab.models.ImageHalf;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * What was counted, on all images and on each half.
 *
 * @param all on all images
 * @param halves on each half
 */
record Measurements(Measurement all, Map<ImageHalf, Measurement> halves) {
  static Measurements of(List<Piece> blocks, List<List<Double>> sparsities, PruningRule rule) {
    Map<ImageHalf, Measurement> halves = new EnumMap<>(ImageHalf.class);
    for (ImageHalf half : ImageHalf.values()) {
      halves.put(half, new Measurement(blocks, sparsities, rule));
    }
    return new Measurements(new Measurement(blocks, sparsities, rule), halves);
  }

  /** Counts an image where it belongs. */
  void count(int record, Consumer<Measurement> image) {
    image.accept(all);
    image.accept(halves.get(ImageHalf.of(record)));
  }

  /** Does the same to all. */
  void prepare(Consumer<Measurement> preparation) {
    preparation.accept(all);
    halves.values().forEach(preparation);
  }
}
