package io.offloadlab.ddpg.planning;

import io.offloadlab.ddpg.agent.DdpgSettings;
import io.offloadlab.ddpg.agent.DdpgTrainer;
import io.offloadlab.ddpg.agent.Learned;
import io.offloadlab.ddpg.environment.CollaborationModel;
import io.offloadlab.ddpg.environment.DecDnnIoEnvironment;
import io.offloadlab.ddpg.environment.ExitTuple;
import io.offloadlab.failure.RunFailure;
import io.offloadlab.learning.random.SplitMix64;
import io.offloadlab.learning.rl.ContinuousPolicy;
import io.offloadlab.learning.rl.TrainingOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Learns plans: one agent per tuple of exits that is accurate enough; the tuple whose greedy policy
 * is worth most wins. Remembers what its agents learned for when the system changes. Not for use by
 * several threads at once.
 */
public final class TuplePlanner {
  private static final int CHECKPOINT_EPISODES = 10;

  private final DdpgPreset preset;
  private final long seed;
  private final PlannerFiles files;
  private final Map<ExitTuple, Learned> agents = new HashMap<>();

  /**
   * @param preset hyper-parameters
   * @param seed drives every random choice
   */
  public TuplePlanner(DdpgPreset preset, long seed) {
    this(preset, seed, PlannerFiles.NONE);
  }

  /**
   * @param preset hyper-parameters
   * @param seed drives every random choice
   * @param files checkpoints and logs
   */
  public TuplePlanner(DdpgPreset preset, long seed, PlannerFiles files) {
    this.preset = preset;
    this.seed = seed;
    this.files = files;
  }

  /**
   * Trains on a system. The first time from scratch or from the checkpoints, later as long as the
   * preset says for a changed system.
   *
   * @param model the problem
   * @param meter told how far the training is
   * @throws RunFailure if no tuple of exits is accurate enough and fits, or a training diverges
   */
  public Solution plan(CollaborationModel model, TrainingMeter meter) {
    List<ExitTuple> tuples = new ArrayList<>(model.tuples());
    if (preset.skipHopeless()) {
      tuples.sort(Comparator.comparingDouble(model::bound).reversed());
    }
    long episodes = preset.agent().episodes();
    Solution best = null;
    try (TrainingMeter.Training watched = meter.begin("training DDPG", tuples.size() * episodes)) {
      for (int i = 0; i < tuples.size(); i++) {
        ExitTuple tuple = tuples.get(i);
        boolean hopeless =
            best != null && preset.skipHopeless() && model.bound(tuple) <= best.worth();
        if (!hopeless) {
          // The seed belongs to the tuple, so that skipping one does not change the others.
          long own = new SplitMix64(seed ^ tuple.toString().hashCode()).nextLong();
          Solution solution = learn(model, tuple, own, watched);
          best = best == null || solution.worth() > best.worth() ? solution : best;
        }
        watched.reached((i + 1) * episodes);
      }
    }
    return best;
  }

  private Solution learn(
      CollaborationModel model, ExitTuple tuple, long tupleSeed, TrainingMeter.Training watched) {
    Learned before = agents.get(tuple);
    if (before != null) {
      return again(model, tuple, tupleSeed, before, watched);
    }
    TrainingOptions options = files.options(tuple, CHECKPOINT_EPISODES);
    try (Run run = new Run(model, tuple, preset.agent(), tupleSeed)) {
      boolean wasFinished = run.train(options, watched) == 0;
      agents.put(tuple, run.trainer.learned());
      if (!wasFinished) {
        return run.solution();
      }
    }
    return again(model, tuple, tupleSeed, agents.get(tuple), watched);
  }

  private Solution again(
      CollaborationModel model,
      ExitTuple tuple,
      long tupleSeed,
      Learned before,
      TrainingMeter.Training watched) {
    DdpgPreset.Reoptimisation length = preset.reoptimisation();
    DdpgSettings settings =
        length.warmStart()
            ? preset.agent().continuing(length.episodes(), length.episodeSteps())
            : preset.agent();
    try (Run run = new Run(model, tuple, settings, tupleSeed)) {
      if (length.warmStart()) {
        run.trainer.startFrom(before);
      }
      run.train(TrainingOptions.NONE, watched);
      agents.put(tuple, run.trainer.learned());
      return run.solution();
    }
  }

  /** One agent on one tuple. */
  private final class Run implements AutoCloseable {
    private final CollaborationModel model;
    private final DecDnnIoEnvironment trial;
    private final DdpgTrainer trainer;

    Run(CollaborationModel model, ExitTuple tuple, DdpgSettings settings, long seed) {
      this.model = model;
      SplitMix64 random = new SplitMix64(seed);
      trial = new DecDnnIoEnvironment(model, tuple, preset.decoder(), random);
      trainer =
          new DdpgTrainer(
              new DecDnnIoEnvironment(model, tuple, preset.decoder(), random), settings, random);
    }

    int train(TrainingOptions options, TrainingMeter.Training watched) {
      return trainer.train(options.evaluating(this::greedy).telling(e -> watched.step()));
    }

    Solution solution() {
      double worth = greedy(trainer.policy());
      return new Solution(trial.plan(), worth);
    }

    /** What the plan is worth that the greedy policy arrives at from the start state. */
    private double greedy(ContinuousPolicy policy) {
      trial.reset();
      for (int i = 0; i < preset.greedySteps(); i++) {
        trial.step(policy.action(trial.observation()));
      }
      return model.worth(trial.plan());
    }

    @Override
    public void close() {
      trainer.close();
    }
  }

  /**
   * Where a planner's trainings are kept.
   *
   * @param checkpoints directory with a checkpoint per tuple of exits, from which training goes on
   * @param logs directory with a training log per tuple of exits
   */
  public record PlannerFiles(Optional<Path> checkpoints, Optional<Path> logs) {
    /** Nothing is kept. */
    public static final PlannerFiles NONE = new PlannerFiles(Optional.empty(), Optional.empty());

    TrainingOptions options(ExitTuple tuple, int episodes) {
      TrainingOptions options = TrainingOptions.NONE;
      if (checkpoints.isPresent()) {
        Path directory = checkpoints.get();
        try {
          Files.createDirectories(directory);
        } catch (IOException e) {
          throw new RunFailure("cannot write checkpoints to " + directory, e);
        }
        options = options.checkpointing(directory.resolve(tuple + ".safetensors"), episodes);
      }
      return logs.isPresent() ? options.loggingTo(logs.get().resolve(tuple.toString())) : options;
    }
  }
}
