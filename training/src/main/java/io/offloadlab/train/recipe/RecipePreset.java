package io.offloadlab.train.recipe;

import io.offloadlab.train.autograd.Adam;
import io.offloadlab.train.autograd.Optimizer;
import io.offloadlab.train.autograd.Sgd;
import io.offloadlab.train.input.Augmentation;
import java.util.List;
import java.util.Locale;

/** Recipes by name. */
public enum RecipePreset {
  /** That of the shipped weights: SGD with a cosine, label smoothing and a small cutout. */
  SHIPPED,
  /**
   * The one that CIFAR results are commonly reported with: 200 epochs, the rate falling to a fifth
   * three times, no smoothing.
   */
  MULTI_STEP,
  /** Adam at its usual rate, as BranchyNet's authors trained theirs. */
  ADAM,
  /** A few epochs of one cycle, for small networks on slow machines. */
  QUICK;

  private static final Sgd.Settings SGD = new Sgd.Settings(.9, true, 5e-4);

  /** The recipe: a tenth of the images for validation, no early stopping, seed 1. */
  public Recipe recipe() {
    Augmentation crops = Augmentation.cropAndFlip();
    return switch (this) {
      case SHIPPED -> recipe(120, SGD, ScheduleKind.COSINE, .1, 3, .1, crops.withCutout(8));
      case MULTI_STEP -> recipe(200, SGD, ScheduleKind.MULTI_STEP, .1, 0, 0, crops);
      case ADAM -> recipe(100, Adam.Settings.defaults(), ScheduleKind.CONSTANT, 1e-3, 0, 0, crops);
      case QUICK -> recipe(6, SGD, ScheduleKind.ONE_CYCLE, .1, 0, .1, new Augmentation(2, true, 0));
    };
  }

  private Recipe recipe(
      int epochs,
      Optimizer.Settings optimizer,
      ScheduleKind schedule,
      double rate,
      double warmup,
      double smoothing,
      Augmentation augmentation) {
    int batch = this == QUICK ? 64 : 128;
    return new Recipe(
        epochs,
        batch,
        1,
        optimizer,
        schedule,
        rate,
        warmup,
        smoothing,
        List.of(),
        0,
        augmentation,
        .1,
        0,
        Integer.MAX_VALUE,
        1);
  }

  /** As on the command line: {@code multi-step}. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
