package io.offloadlab.ddpg;

import io.offloadlab.ddpg.environment.CollaborationModel;
import io.offloadlab.ddpg.environment.Objective;
import io.offloadlab.ddpg.environment.RandomSystems;
import io.offloadlab.ddpg.planning.DdpgPreset;
import io.offloadlab.ddpg.planning.ExhaustiveOracle;
import io.offloadlab.ddpg.planning.Solution;
import io.offloadlab.ddpg.planning.TrainingMeter;
import io.offloadlab.ddpg.planning.TuplePlanner;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * How far the learned plan is from the best one, on random systems: the table in docs/ddpg.md.
 *
 * <p>Arguments: preset, number of systems, seeds per system, CSV file, and an objective if it is
 * not the preset's.
 */
public final class OptimalityGap {
  private OptimalityGap() {}

  /** Runs the experiment. */
  public static void main(String[] args) throws IOException {
    DdpgPreset loaded = DdpgPreset.load(args[0]);
    DdpgPreset preset = args.length > 4 ? loaded.rewarding(Objective.named(args[4])) : loaded;
    int systems = Integer.parseInt(args[1]);
    int seeds = Integer.parseInt(args[2]);
    try (PrintWriter out = new PrintWriter(Files.newBufferedWriter(Path.of(args[3])))) {
      out.println("preset,system,seed,tuples,optimum,worth,gap,seconds");
      for (int system = 1; system <= systems; system++) {
        CollaborationModel model = RandomSystems.draw(system, preset.reward());
        Solution optimum = ExhaustiveOracle.solve(model);
        for (int seed = 1; seed <= seeds; seed++) {
          long start = System.nanoTime();
          Solution learned = new TuplePlanner(preset, seed).plan(model, TrainingMeter.SILENT);
          double gap = (optimum.worth() - learned.worth()) / Math.abs(optimum.worth());
          out.printf(
              Locale.ROOT,
              "%s,%d,%d,%d,%.6f,%.6f,%.6f,%.1f%n",
              args[0],
              system,
              seed,
              model.tuples().size(),
              optimum.worth(),
              learned.worth(),
              gap,
              (System.nanoTime() - start) / 1e9);
          out.flush();
        }
      }
    }
  }
}
