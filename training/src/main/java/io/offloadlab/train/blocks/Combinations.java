package io.offloadlab.train.blocks;

import io.offloadlab.stream.RandomStreams;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * Random choices of one form for every block. A draw is a function of the seed and its number, so a
 * training that was resumed draws the same.
 */
final class Combinations {
  /** How often a block stays whole: as often as it takes one of four variants. */
  static final double WHOLE = .2;

  private final Map<String, List<Variant>> variants = new LinkedHashMap<>();
  private final long seed;
  private final String use;

  /**
   * @param all at least one variant
   * @param use name of the draws: equal seed, variants and use give the same
   */
  Combinations(List<Variant> all, long seed, String use) {
    for (Variant v : all) {
      variants.computeIfAbsent(
          v.piece().name(),
          name -> all.stream().filter(o -> o.piece().name().equals(name)).toList());
    }
    this.seed = seed;
    this.use = use;
  }

  /**
   * The combination of a number.
   *
   * @return at least one variant, by name of its block; the other blocks stay whole
   */
  Map<String, Variant> draw(long number) {
    RandomGenerator random = RandomStreams.named(seed, use + "/" + number);
    Map<String, Variant> chosen = new LinkedHashMap<>();
    while (chosen.isEmpty()) {
      variants.forEach(
          (block, all) -> {
            double whole = random.nextDouble();
            Variant one = all.get(random.nextInt(all.size()));
            if (whole >= WHOLE) {
              chosen.put(block, one);
            }
          });
    }
    return chosen;
  }
}
