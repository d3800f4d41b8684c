package io.offloadlab.train.input;

import io.offloadlab.stream.RandomStreams;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/** Random parts of a data set. */
public final class Subsets {
  private Subsets() {}

  /**
   * A training part and a validation part without common images.
   *
   * @param training in random order
   * @param validation in random order; empty for a share of 0
   */
  public record Parts(List<Integer> training, List<Integer> validation) {}

  /**
   * Splits some of a data set's images.
   *
   * @param size images of the data set
   * @param limit images to use at most, drawn evenly
   * @param validationShare fraction of them to hold out, in [0, 1)
   * @param seed of the draw
   */
  public static Parts split(int size, int limit, double validationShare, long seed) {
    List<Integer> drawn = sample(size, limit, seed, "split");
    int held = (int) Math.round(drawn.size() * validationShare);
    return new Parts(drawn.subList(held, drawn.size()), drawn.subList(0, held));
  }

  /**
   * Some of a data set's images, drawn evenly without replacement.
   *
   * @param use name of the draw: equal seed, size and use give the same images
   */
  public static List<Integer> sample(int size, int limit, long seed, String use) {
    List<Integer> all = IntStream.range(0, size).boxed().toList();
    return Arrays.stream(shuffled(all, RandomStreams.named(seed, use)))
        .limit(limit)
        .boxed()
        .toList();
  }

  static int[] shuffled(List<Integer> indices, RandomGenerator random) {
    int[] order = indices.stream().mapToInt(Integer::intValue).toArray();
    for (int i = order.length - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int swapped = order[i];
      order[i] = order[j];
      order[j] = swapped;
    }
    return order;
  }
}
