package io.offloadlab.twin;

import io.offloadlab.failure.RunFailure;
import io.offloadlab.sim.SimulationOptions;
import io.offloadlab.sim.SimulationReport;
import io.offloadlab.sim.Simulator;
import io.offloadlab.strategy.Scenario;
import io.offloadlab.strategy.StrategyContext;
import io.offloadlab.strategy.SystemView;
import io.offloadlab.strategy.TaskRecord;
import io.offloadlab.stream.RandomStreams;
import io.offloadlab.stream.TaskStream;
import io.offloadlab.twin.learning.TwinCheckpoint;
import io.offloadlab.twin.policy.BoundaryStrategy;
import io.offloadlab.twin.policy.OneShot;
import io.offloadlab.twin.policy.UtilityMeter;
import io.offloadlab.twin.settings.TwinSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

/**
 * Learns before there is a stream: in the simulator, in episodes that each begin with an idle
 * system and end with a checkpoint. Every episode has arrivals of its own, drawn from the
 * scenario's seed and its number, so that training that was interrupted between two goes on as if
 * it had not been.
 */
public final class OfflineTraining {
  /** Tasks of one episode. */
  public static final int EPISODE = 500;

  private static final String EPISODES = "dt/episode/";
  private static final String HELD_OUT = "dt/held-out";
  private static final int HELD_OUT_TASKS = 1000;

  private final StrategyContext context;
  private final TwinSettings settings;
  private final SystemView view;
  private final SimulationOptions options;
  private final TwinCheckpoint checkpoint;

  /**
   * How a policy does on a stream that nothing was learned from.
   *
   * @param utility mean per task, in seconds
   * @param delaySeconds mean per task
   * @param accuracy mean, in 0..1
   */
  public record Score(double utility, double delaySeconds, double accuracy) {
    private static Score of(UtilityMeter m) {
      return new Score(m.meanUtility(), m.meanDelaySeconds(), m.meanAccuracy());
    }
  }

  /**
   * What came of it.
   *
   * @param before tasks that the checkpoint had learned from already
   * @param tasks that it has learned from now
   * @param samples that the twins made of the new ones
   * @param steps gradient steps so far
   * @param heldOut length of the stream that the scores are from
   * @param untrained what the strategy scores when it has learned nothing
   * @param trained what it scores with what it has learned, learning no more
   * @param oneShot what deciding once at arrival scores
   * @param warnings of the stream of the scores: places that were asked for more than they can do
   */
  public record Outcome(
      long before,
      long tasks,
      long samples,
      long steps,
      int heldOut,
      Score untrained,
      Score trained,
      Score oneShot,
      List<String> warnings) {}

  /**
   * @param context the model, the scenario and {@code dt.…} options as for the strategy
   * @param view what the simulation rests on, with as many edges as the scenario
   * @param options what it adds
   * @param checkpoint gone on from if it exists, and written after every episode
   * @throws RunFailure if an option is not understood, the scenario cannot be met, or the
   *     checkpoint is not one to go on from
   */
  public OfflineTraining(
      StrategyContext context, SystemView view, SimulationOptions options, Path checkpoint) {
    this.context = context;
    this.settings = TwinProvider.settings(context);
    this.view = view;
    this.options = options;
    this.checkpoint = new TwinCheckpoint(checkpoint, Integer.MAX_VALUE);
  }

  /**
   * Learns until the checkpoint has seen a number of tasks, which may be at once.
   *
   * @param tasks altogether, those of earlier trainings included
   * @param progress told of every task
   */
  public Outcome run(long tasks, LongConsumer progress) {
    TwinCheckpoint.Content learned = checkpoint.load(settings).orElse(null);
    long before = learned == null ? 0 : learned.tasks();
    long samples = 0;
    for (long done = before; done < tasks; done = learned.tasks()) {
      long episode = done / EPISODE;
      int length = (int) (Math.min(tasks, (episode + 1) * EPISODE) - done);
      try (DigitalTwinStrategy strategy =
          new DigitalTwinStrategy(drawn(EPISODES + episode), settings, checkpoint, learned)) {
        run(strategy, length, record -> progress.accept(1));
        samples += strategy.samples();
        learned = strategy.learned();
      }
    }
    if (learned == null) {
      throw new RunFailure("training needs at least one task, not " + tasks);
    }
    return outcome(before, samples, learned);
  }

  private Outcome outcome(long before, long samples, TwinCheckpoint.Content learned) {
    StrategyContext heldOut = drawn(HELD_OUT);
    TwinSettings frozen = settings.frozen();
    try (DigitalTwinStrategy trained =
            new DigitalTwinStrategy(heldOut, frozen, TwinCheckpoint.NONE, learned);
        DigitalTwinStrategy untrained =
            new DigitalTwinStrategy(heldOut, frozen, TwinCheckpoint.NONE);
        OneShot oneShot = new OneShot(heldOut, frozen)) {
      UtilityMeter meter = meter(trained);
      SimulationReport report = run(trained, HELD_OUT_TASKS, meter);
      return new Outcome(
          before,
          learned.tasks(),
          samples,
          learned.memory().steps(),
          HELD_OUT_TASKS,
          score(untrained),
          Score.of(meter),
          score(oneShot),
          report.warnings());
    }
  }

  private Score score(BoundaryStrategy strategy) {
    UtilityMeter meter = meter(strategy);
    run(strategy, HELD_OUT_TASKS, meter);
    return Score.of(meter);
  }

  private UtilityMeter meter(BoundaryStrategy strategy) {
    return new UtilityMeter(strategy.chains(), settings, view, 0);
  }

  private SimulationReport run(BoundaryStrategy strategy, int tasks, Consumer<TaskRecord> sink) {
    Scenario scenario = strategy.context().scenario();
    TaskStream stream = new TaskStream(scenario, context.profile().imagesTest(), tasks);
    return new Simulator(scenario, view, options).run(stream, strategy, sink);
  }

  /** The same problem with its own chance. */
  private StrategyContext drawn(String name) {
    Scenario s = context.scenario();
    return context.in(s.withSeed(RandomStreams.named(s.seed(), name).nextLong()));
  }
}
