package io.offloadlab.twin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

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
import io.offloadlab.twin.settings.TwinSettings;
import io.offloadlab.twin.study.StudyWorld;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DigitalTwinStrategyTest {
  private static final TwinSettings SETTINGS = TwinSettings.preset("default");

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
