package io.offloadlab.train.blocks;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What a variant learns from. */
public enum Retraining {
  /** Its own block of the original, on what the original's blocks before it give. */
  BLOCKWISE(3e-4),
  /** The original network, behind and before other blocks that are pruned at random. */
  JOINT(1e-4);

  private final double usualRate;

  Retraining(double usualRate) {
    this.usualRate = usualRate;
  }

  /**
   * One by its name.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static Retraining of(String name) {
    List<Retraining> all = Arrays.asList(values());
    return all.stream()
        .filter(r -> r.toString().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "--retraining is one of %s, not '%s'".formatted(all, name)));
  }

  /** Adam's learning rate where none is asked for. */
  public double usualRate() {
    return usualRate;
  }

  /** As {@code blockwise}. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
