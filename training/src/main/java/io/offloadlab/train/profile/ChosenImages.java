package io.offloadlab.train.profile;

import java.util.List;

/**
 * Which test images are used for what, by their numbers in the test files.
 *
 * @param exits for the exits' accuracy
 * @param blocks for the blocks' drops
 * @param combinations for whole networks of variants
 */
record ChosenImages(List<Integer> exits, List<Integer> blocks, List<Integer> combinations) {
  /** Copies the lists. */
  ChosenImages {
    exits = List.copyOf(exits);
    blocks = List.copyOf(blocks);
    combinations = List.copyOf(combinations);
  }

  int total() {
    return exits.size() + blocks.size() + combinations.size();
  }
}
