package io.offloadlab.twin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.offloadlab.document.Document;
import io.offloadlab.failure.RunFailure;
import io.offloadlab.failure.UsageError;
import io.offloadlab.sim.SimulationOptions;
import io.offloadlab.sim.SimulationReport;
import io.offloadlab.sim.Simulator;
import io.offloadlab.strategy.Arrivals;
import io.offloadlab.strategy.NodeId;
import io.offloadlab.strategy.Scenario;
import io.offloadlab.strategy.StrategyContext;
import io.offloadlab.strategy.TaskRecord;
import io.offloadlab.strategy.option.Option;
import io.offloadlab.stream.TaskStream;
import io.offloadlab.twin.decision.Action;
import io.offloadlab.twin.decision.DecisionSpace;
import io.offloadlab.twin.decision.EnergyModel;
import io.offloadlab.twin.decision.Stops;
import io.offloadlab.twin.decision.Utility;
import io.offloadlab.twin.learning.TwinCheckpoint;
import io.offloadlab.twin.policy.OneShot;
import io.offloadlab.twin.policy.UtilityMeter;
import io.offloadlab.twin.settings.Objective;
import io.offloadlab.twin.settings.TwinSettings;
import io.offloadlab.twin.study.StudyWorld;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DigitalTwinStrategyTest {
  private static final TwinSettings SETTINGS =
      TwinSettings.with("default", Map.of("objective", "utility"));

  private static DigitalTwinStrategy strategy(StudyWorld world, double threshold) {
    return new DigitalTwinStrategy(world.context(threshold), SETTINGS, TwinCheckpoint.NONE);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void sequentialStream_everyTaskStopsWhereExhaustiveSearchWould(boolean tasksAtCloud) {
    StudyWorld world = new StudyWorld(1, 1, 200);
    Scenario s = world.context(0).scenario();
    Scenario sequential =
        new Scenario(
            s.name(), tasksAtCloud, s.nodes(), s.links(), new Arrivals.Sequential(), 1, 0, 1);
    StrategyContext context =
        new StrategyContext(
            world.context(0).network(), world.context(0).profile(), sequential, Map.of());
    DigitalTwinStrategy strategy = new DigitalTwinStrategy(context, SETTINGS, TwinCheckpoint.NONE);
    DecisionSpace all =
        DecisionSpace.of(
            strategy.chains(),
            sequential,
            Stops.of(strategy.chains(), sequential),
            world.view(),
            NodeId.edge(1),
            1,
            SETTINGS.energy(),
            SETTINGS.beta(),
            false);
    Utility u = new Utility(SETTINGS.alpha(), SETTINGS.beta());
    Action best =
        all.all().stream().max(Comparator.comparingDouble(a -> u.of(a, 0, 0, 0))).orElseThrow();
    List<TaskRecord> records = new ArrayList<>();

    new Simulator(sequential, world.view(), SimulationOptions.DEFAULT)
        .run(new TaskStream(sequential, 1000, 200), strategy, records::add);

    assertThat(records)
        .allSatisfy(
            r ->
                assertThat(r.latency().totalMs())
                    .isCloseTo(best.idleSeconds() * 1e3, within(1e-6)));
  }

  @Test
  void heavyLoad_isWorthMoreThanDecidingOnceAtArrival() {
    StudyWorld world = new StudyWorld(60, 1, 3000);
    UtilityMeter twin = world.run(strategy(world, 0), 1000);
    UtilityMeter oneShot = world.run(new OneShot(world.context(0), SETTINGS), 1000);

    assertThat(twin.meanUtility()).isGreaterThan(oneShot.meanUtility());
  }

  @ParameterizedTest
  @ValueSource(ints = {10, 40})
  void lighterLoad_isWorthNoLessThanDecidingOnceAtArrival(int rate) {
    StudyWorld world = new StudyWorld(rate, 101, 1500);
    UtilityMeter twin = world.run(strategy(world, 0), 500);
    UtilityMeter oneShot = world.run(new OneShot(world.context(0), SETTINGS), 500);

    assertThat(twin.meanUtility()).isGreaterThanOrEqualTo(oneShot.meanUtility());
  }

  @Test
  void accuracyThreshold_isHeldOnAverage() {
    StudyWorld world = new StudyWorld(55, 2, 1500);

    UtilityMeter free = world.run(strategy(world, 0), 0);
    UtilityMeter held = world.run(strategy(world, 0.92), 0);

    assertThat(free.meanAccuracy()).isLessThan(0.92);
    assertThat(held.meanAccuracy()).isGreaterThanOrEqualTo(0.92);
  }

  private static final TwinSettings MATCHED = TwinSettings.preset("default");

  private static StrategyContext sequential(StudyWorld world, double threshold) {
    Scenario s = world.context(threshold).scenario();
    return new StrategyContext(
        world.context(threshold).network(),
        world.context(threshold).profile(),
        new Scenario(
            s.name(),
            false,
            s.nodes(),
            s.links(),
            new Arrivals.Sequential(),
            1,
            threshold,
            s.seed()),
        Map.of());
  }

  /** Mean milliseconds and mean accuracy of a sequential stream. */
  private static double[] means(StudyWorld world, double threshold) {
    StrategyContext context = sequential(world, threshold);
    double[] sums = new double[2];
    try (DigitalTwinStrategy strategy =
        new DigitalTwinStrategy(context, MATCHED, TwinCheckpoint.NONE)) {
      new Simulator(context.scenario(), world.view(), SimulationOptions.DEFAULT)
          .run(
              new TaskStream(context.scenario(), 1000, world.tasks()),
              strategy,
              r -> {
                sums[0] += r.latency().totalMs() / world.tasks();
                sums[1] += strategy.expectedAccuracy(r.route()) / world.tasks();
              });
    }
    return sums;
  }

  /**
   * The least mean latency at a mean accuracy, from every mixture of two stops: a linear programme
   * with one constraint needs no more.
   */
  private static double leastMeanMs(StudyWorld world, double threshold) {
    StrategyContext context = sequential(world, threshold);
    try (DigitalTwinStrategy any = new DigitalTwinStrategy(context, MATCHED, TwinCheckpoint.NONE)) {
      List<Action> all =
          DecisionSpace.of(
                  any.chains(),
                  context.scenario(),
                  Stops.of(any.chains(), context.scenario()),
                  world.view(),
                  NodeId.edge(1),
                  1,
                  SETTINGS.energy(),
                  0,
                  false)
              .all();
      double least = Double.POSITIVE_INFINITY;
      for (Action a : all) {
        for (Action b : all) {
          double spread = b.accuracy() - a.accuracy();
          double share = spread == 0 ? 1 : (threshold - a.accuracy()) / spread;
          if (a.accuracy() >= threshold) {
            least = Math.min(least, a.idleSeconds());
          } else if (spread > 0 && share <= 1) {
            least = Math.min(least, (1 - share) * a.idleSeconds() + share * b.idleSeconds());
          }
        }
      }
      return least * 1e3;
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.77, 0.81, 0.85, 0.9, 0.92, 0.924})
  @DisplayName("At any threshold, a stream is as fast as the best mixture of stops that keeps it")
  void sequentialStream_atAThreshold_isTheFastestThatKeepsIt(double threshold) {
    StudyWorld world = new StudyWorld(1, 1, 3000);

    double[] means = means(world, threshold);

    assertThat(means[1]).isGreaterThanOrEqualTo(threshold);
    assertThat(means[0]).isCloseTo(leastMeanMs(world, threshold), withinPercentage(1));
  }

  @Test
  void sequentialStream_everyExitIsAccurateEnough_takesTheFirst() {
    StudyWorld world = new StudyWorld(1, 1, 50);

    assertThat(means(world, 0.77)[1]).isCloseTo(0.8105, within(1e-9));
  }

  @Test
  @DisplayName("Under load, too, the threshold binds: accuracy is not paid for beyond it")
  void load_atAThreshold_isFasterThanWithAFixedWeightAndNoMoreAccurateThanAsked() {
    StudyWorld world = new StudyWorld(40, 2, 3000);

    UtilityMeter matched =
        world.run(new DigitalTwinStrategy(world.context(0.85), MATCHED, TwinCheckpoint.NONE), 0);
    UtilityMeter weighted = world.run(strategy(world, 0.85), 0);

    assertThat(matched.meanAccuracy()).isBetween(0.85, 0.851);
    assertThat(weighted.meanAccuracy()).isGreaterThan(0.9);
    assertThat(matched.meanDelaySeconds()).isLessThan(weighted.meanDelaySeconds() / 2);
  }

  @Test
  @DisplayName("Who sets a weight asks for the utility that it is of")
  void options_aWeight_isOfTheUtility() {
    assertThat(TwinOptions.of(Map.of()).settings().objective()).isEqualTo(Objective.LATENCY);
    assertThat(TwinOptions.of(Map.of("dt.alpha", "1")).settings()).isEqualTo(SETTINGS);
    assertThat(TwinOptions.of(Map.of("dt.preset", "published")).settings().objective())
        .isEqualTo(Objective.UTILITY);
    assertThatThrownBy(() -> TwinOptions.of(Map.of("dt.objective", "latency", "dt.beta", "1")))
        .isInstanceOf(UsageError.class)
        .hasMessageContaining("dt.beta is a weight of dt.objective=utility");
  }

  @Test
  void statusTwin_knowsTheQueueWithAMessagePerTask() {
    StudyWorld world = new StudyWorld(40, 3, 500);
    DigitalTwinStrategy strategy = strategy(world, 0);

    SimulationReport report = world.run(strategy, record -> {});

    assertThat(report.foretold()).isEqualTo(strategy.polls());
    assertThat(report.mispredictions()).isZero();
    assertThat(strategy.announcements()).isEqualTo(500);
    assertThat(strategy.polls()).isGreaterThan(1000);
  }

  @Test
  void equalSeeds_giveEqualStreams() {
    StudyWorld world = new StudyWorld(40, 4, 400);

    assertThat(world.run(strategy(world, 0), 0).meanUtility())
        .isEqualTo(world.run(strategy(world, 0), 0).meanUtility());
  }

  @Test
  void create_thresholdAboveEveryExit_saysWhatIsReachable() {
    assertThatThrownBy(() -> new TwinProvider().create(new StudyWorld(1, 1, 1).context(0.95)))
        .isInstanceOf(RunFailure.class)
        .hasMessageContaining("exit-7, has 0.9241");
  }

  @Test
  void options_unknownName_listsTheValidOnes() {
    assertThatThrownBy(() -> TwinOptions.of(Map.of("dt.gamma", "1")))
        .isInstanceOf(UsageError.class)
        .hasMessageContaining("'dt.gamma'")
        .hasMessageContaining("dt.alpha-gain");
  }

  @Test
  void options_valuesThatDoNotGoTogether_areRefusedInOneLine() {
    assertThatThrownBy(() -> TwinOptions.of(Map.of("dt.replay", "8", "dt.minibatch", "16")))
        .isInstanceOf(UsageError.class)
        .hasMessageContaining("at least a minibatch")
        .hasMessageNotContaining("\n");
  }

  @Test
  void options_given_replaceThePresetsValues() {
    TwinSettings settings =
        TwinOptions.of(
                Map.of(
                    "dt.preset", "published",
                    "dt.hidden", "[8, 4]",
                    "dt.energy", "{computeWatts: 2, sendWatts: 1}",
                    "dt.exploration", "0.25"))
            .settings();

    assertThat(settings.lookahead()).isFalse();
    assertThat(settings.hidden()).containsExactly(8, 4);
    assertThat(settings.energy()).isEqualTo(new EnergyModel(2, 1));
    assertThat(settings.exploration()).isEqualTo(0.25);
  }

  @Test
  void options_declared_areTheNamesOfThePresetsFile() throws IOException {
    try (InputStream preset = TwinSettings.class.getResourceAsStream("default.yaml")) {
      Map<?, ?> file = Document.builtIn("default", preset).as(Map.class);

      assertThat(TwinOptions.SET.options().stream().map(Option::name))
          .filteredOn(name -> !List.of("preset", "checkpoint").contains(name))
          .isEqualTo(List.copyOf(file.keySet()));
    }
  }
}
