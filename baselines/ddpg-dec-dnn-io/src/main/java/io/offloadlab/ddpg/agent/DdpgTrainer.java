package io.offloadlab.ddpg.agent;

import io.offloadlab.failure.RunFailure;
import io.offloadlab.learning.curve.CurveLog;
import io.offloadlab.learning.network.NativeLibrary;
import io.offloadlab.learning.random.SplitMix64;
import io.offloadlab.learning.replay.ReplayMemory;
import io.offloadlab.learning.rl.ContinuousEnvironment;
import io.offloadlab.learning.rl.ContinuousPolicy;
import io.offloadlab.learning.rl.Episode;
import io.offloadlab.learning.rl.EpisodeListener;
import io.offloadlab.learning.rl.NonFiniteLoss;
import io.offloadlab.learning.rl.RunningNormaliser;
import io.offloadlab.learning.rl.TrainingOptions;
import io.offloadlab.learning.rl.TrainingProgress;
import java.nio.file.Files;
import java.util.Locale;
import java.util.function.Consumer;
import org.deeplearning4j.rl4j.agent.Agent;
import org.deeplearning4j.rl4j.agent.AgentLearner;
import org.deeplearning4j.rl4j.agent.learning.behavior.LearningBehavior;
import org.deeplearning4j.rl4j.agent.learning.update.UpdateRule;
import org.deeplearning4j.rl4j.experience.ReplayMemoryExperienceHandler;
import org.deeplearning4j.rl4j.experience.StateActionRewardState;
import org.deeplearning4j.rl4j.observation.transform.TransformProcess;
import org.deeplearning4j.rl4j.trainer.SyncTrainer;

/**
 * Teaches a DDPG agent on an environment. Owns its networks' native memory; close it when its
 * policy is no longer asked.
 *
 * <pre>{@code
 * SplitMix64 random = new SplitMix64(1);
 * try (DdpgTrainer trainer = new DdpgTrainer(new Pendulum(random), settings, random)) {
 *   trainer.train(TrainingOptions.NONE.checkpointing(file, 10));
 *   double[] action = trainer.policy().action(observation);
 * }
 * }</pre>
 */
public final class DdpgTrainer implements AutoCloseable {
  private static final String NAME = "ddpg";

  private final ContinuousEnvironment environment;
  private final AgentState state;
  private final HeadRestarts restarts;
  private final DdpgUpdater updater;
  private final ActionChooser chooser;
  private final AgentLearner<double[]> learner;
  private final GreedyPolicy greedy;

  /**
   * @param environment draws from {@code random} too
   * @param settings hyper-parameters
   * @param random source of every random choice
   * @throws RunFailure if ND4J's native library cannot be loaded on this machine
   */
  public DdpgTrainer(ContinuousEnvironment environment, DdpgSettings settings, SplitMix64 random) {
    NativeLibrary.load(NAME);
    this.environment = environment;
    int observations = environment.observationSize();
    ActorCritic networks =
        new ActorCritic(observations, environment.actionSize(), settings, random);
    chooser = new ActionChooser(networks);
    RunningNormaliser normaliser =
        new RunningNormaliser(observations, settings.normaliseObservations());
    ReplayMemory replay =
        new ReplayMemory(settings.replay(), settings.batch(), settings.warmup(), random);
    ExplorationPolicy policy =
        new ExplorationPolicy(
            networks, chooser, normaliser, environment.getSchema().getActionSchema(), random);
    DdpgAlgorithm algorithm = new DdpgAlgorithm(networks, normaliser);
    state =
        new AgentState(
            environment.description(),
            networks,
            BestPolicy.of(networks, normaliser),
            normaliser,
            replay,
            policy,
            algorithm,
            new TrainingProgress(settings.episodes(), settings.patience()),
            random);
    restarts = new HeadRestarts(networks, random);
    updater = new DdpgUpdater(networks, restarts);
    greedy = new GreedyPolicy(chooser, normaliser);
    learner =
        new AgentLearner<>(
            environment,
            TransformProcess.builder()
                .transform(ContinuousEnvironment.OBSERVATION, normaliser)
                .build(ContinuousEnvironment.OBSERVATION),
            policy,
            AgentLearner.Configuration.builder().maxEpisodeSteps(settings.episodeSteps()).build(),
            NAME,
            LearningBehavior.<double[], StateActionRewardState<double[]>>builder()
                .experienceHandler(new ReplayMemoryExperienceHandler<>(replay))
                .updateRule(new UpdateRule<>(algorithm, updater))
                .build());
  }

  /**
   * Trains until all episodes are done, the score no longer improves, or the thread is interrupted;
   * the best policy is then in force if an evaluation was given, else the last. Goes on from the
   * checkpoint if there is one.
   *
   * @return episodes trained by this call: 0 if the checkpoint was of a finished training
   * @throws RunFailure if the checkpoint belongs to another training, or a loss is no longer a
   *     finite number
   */
  public int train(TrainingOptions options) {
    AgentCheckpoint checkpoint = new AgentCheckpoint(state);
    options.checkpoint().filter(Files::exists).ifPresent(checkpoint::load);
    int before = state.progress().episodes();
    try (CurveLog<Episode> log =
        CurveLog.open(options.log(), NAME, Episode.CURVES, Episode::steps, before)) {
      EpisodeEnd end = new EpisodeEnd(options, checkpoint, log);
      learner.addListener(end);
      SyncTrainer.<double[]>builder()
          .agentLearnerBuilder(() -> learner)
          .stoppingCondition(t -> state.progress().done() || Thread.currentThread().isInterrupted())
          .build()
          .train();
    } catch (NonFiniteLoss e) {
      throw new RunFailure(
          String.format(
              Locale.ROOT,
              "training diverged at step %d (seed %d): %s; %s; lower the learning rates or set clipNorm",
              state.policy().steps(),
              state.random().seed(),
              e.getMessage(),
              lastGood(options)),
          e);
    }
    if (options.evaluation().isPresent() && state.progress().episodes() > 0) {
      state.best().putBack(state.networks(), state.normaliser());
    }
    return state.progress().episodes() - before;
  }

  /**
   * Begins with what another training learned: its weights, but not its memories.
   *
   * @throws IllegalArgumentException if its networks have another shape
   */
  public void startFrom(Learned learned) {
    learned.putInto(state.networks(), state.normaliser());
  }

  /** What is learned so far, independent of this trainer. */
  public Learned learned() {
    return Learned.of(state.networks(), state.normaliser());
  }

  private static String lastGood(TrainingOptions options) {
    return options
        .checkpoint()
        .filter(Files::exists)
        .map(f -> "the last good checkpoint is " + f)
        .orElse("no checkpoint was written");
  }

  /** The policy as far as it is learned; valid until this trainer is closed. */
  public ContinuousPolicy policy() {
    return greedy;
  }

  /** Episodes trained so far, those before a checkpoint included. */
  public int episodes() {
    return state.progress().episodes();
  }

  /** Environment steps trained so far, those before a checkpoint included. */
  public long steps() {
    return state.progress().steps();
  }

  @Override
  public void close() {
    environment.close();
    chooser.close();
    restarts.close();
    state.algorithm().close();
    state.best().close();
    state.networks().close();
  }

  /** What happens between two episodes: evaluation, log, checkpoint. */
  private final class EpisodeEnd implements EpisodeListener {
    private final TrainingOptions options;
    private final AgentCheckpoint checkpoint;
    private final Consumer<Episode> log;

    EpisodeEnd(TrainingOptions options, AgentCheckpoint checkpoint, Consumer<Episode> log) {
      this.options = options;
      this.checkpoint = checkpoint;
      this.log = log;
    }

    @Override
    @SuppressWarnings("rawtypes")
    public void onAfterEpisode(Agent agent) {
      TrainingProgress progress = state.progress();
      progress.finishEpisode(agent.getEpisodeStepCount(), agent.getReward());
      double score =
          options.evaluation().map(e -> e.applyAsDouble(greedy)).orElseGet(progress::meanReward);
      if (progress.score(score)) {
        state.best().keep(state.networks(), state.normaliser());
      }
      Episode episode =
          new Episode(
              progress.episodes(),
              progress.steps(),
              agent.getReward(),
              updater.meanCriticLoss(),
              updater.meanValue(),
              state.policy().sigma(),
              score,
              progress.bestScore());
      updater.forget();
      log.accept(episode);
      options.listener().accept(episode);
      if (episode.number() % options.checkpointEpisodes() == 0 || progress.done()) {
        options.checkpoint().ifPresent(checkpoint::save);
      }
    }
  }
}
