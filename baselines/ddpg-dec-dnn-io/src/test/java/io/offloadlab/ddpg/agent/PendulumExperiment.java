package io.offloadlab.ddpg.agent;

import io.offloadlab.learning.random.SplitMix64;
import io.offloadlab.learning.rl.TrainingOptions;
import java.util.ArrayList;
import java.util.List;

/**
 * The agent on a standard task: Pendulum-v1 with several seeds, as in docs/ddpg.md.
 *
 * <p>Arguments: number of seeds, episodes of 200 steps.
 */
public final class PendulumExperiment {
  private static final int LAST = 100;

  private PendulumExperiment() {}

  /** Runs the experiment. */
  public static void main(String[] args) {
    int seeds = Integer.parseInt(args[0]);
    int episodes = Integer.parseInt(args[1]);
    List<Double> results = new ArrayList<>();
    for (int seed = 1; seed <= seeds; seed++) {
      SplitMix64 random = new SplitMix64(seed);
      try (DdpgTrainer trainer =
          new DdpgTrainer(new Pendulum(random), TestSettings.pendulum(episodes), random)) {
        double[] last = new double[1];
        trainer.train(TrainingOptions.NONE.telling(e -> last[0] = e.score()));
        results.add(last[0]);
        System.out.printf(
            "seed %d: %d steps, mean return of the last %d episodes %.1f%n",
            seed, trainer.steps(), LAST, last[0]);
      }
    }
    double mean = results.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
    double spread =
        Math.sqrt(
            results.stream().mapToDouble(r -> (r - mean) * (r - mean)).sum()
                / Math.max(1, results.size() - 1));
    System.out.printf("mean %.1f, standard deviation over seeds %.1f%n", mean, spread);
  }
}
