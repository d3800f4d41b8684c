package io.offloadlab.train.cli;

import io.offloadlab.failure.RunFailure;
import io.offloadlab.failure.UsageError;
import io.offloadlab.files.Sha256;
import io.offloadlab.models.ModelDirectory;
import io.offloadlab.train.exits.ExitTrainer;
import io.offloadlab.train.exits.WeightFiles;
import io.offloadlab.weights.SafeTensors;
import java.nio.file.Files;
import java.nio.file.Path;

/** Refuses to replace what may have taken days to make, unless it was asked for. */
final class WrittenOver {
  private WrittenOver() {}

  /**
   * A training from the start replaces weights and checkpoints, whatever network they are of.
   *
   * @throws UsageError if there are any
   */
  static void refuseNetwork(Path out) {
    if (Files.exists(out.resolve(ModelDirectory.BACKBONE))) {
      throw new UsageError(
          "--out %s has the weights of %s: choose another folder, or write over them with --overwrite"
              .formatted(out, described(out)));
    }
    if (Files.exists(out.resolve(ExitTrainer.LAST))) {
      throw new UsageError(
          "--out %s has a training that was not finished: go on with --resume, or begin anew with --overwrite"
              .formatted(out));
    }
  }

  private static String described(Path out) {
    try {
      ModelDirectory there = ModelDirectory.in(out);
      return "%s on %s".formatted(there.card().family(), there.dataset());
    } catch (RunFailure e) {
      return "another training (%s)".formatted(e.getMessage());
    }
  }

  /**
   * Blocks may be made again for the backbone that they were made for; they are replaced one by
   * one.
   *
   * @throws UsageError if there are blocks of another backbone, or of one that they do not name
   */
  static void refuseBlocks(Path out, Path backbone) {
    Path blocks = out.resolve(ModelDirectory.BLOCKS);
    if (!Files.exists(blocks)) {
      return;
    }
    String madeFor = SafeTensors.open(blocks).metadata().getOrDefault(WeightFiles.BACKBONE, "");
    if (!madeFor.equals(Sha256.required(backbone.resolve(ModelDirectory.BACKBONE)))) {
      throw new UsageError(
          "%s holds blocks %s: choose another --out, or write over them with --overwrite"
              .formatted(
                  blocks,
                  madeFor.isEmpty()
                      ? "that do not say which backbone they are of"
                      : "of another backbone"));
    }
  }
}
