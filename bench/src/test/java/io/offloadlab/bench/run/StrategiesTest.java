package io.offloadlab.bench.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.offloadlab.bench.metric.Entry;
import io.offloadlab.bench.run.Strategies.Extent;
import io.offloadlab.failure.Infeasible;
import io.offloadlab.failure.RunFailure;
import io.offloadlab.failure.UsageError;
import io.offloadlab.graph.Component;
import io.offloadlab.graph.ResNets;
import io.offloadlab.graph.Shape;
import io.offloadlab.models.ModelProfile;
import io.offloadlab.strategy.Arrivals;
import io.offloadlab.strategy.OffloadStrategy;
import io.offloadlab.strategy.Route;
import io.offloadlab.strategy.Standing;
import io.offloadlab.strategy.StrategyContext;
import io.offloadlab.strategy.StrategyProvider;
import io.offloadlab.strategy.SystemView;
import io.offloadlab.strategy.Task;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StrategiesTest {
  private final List<String> closed = new ArrayList<>();

  private record Named(String name, Standing standing, int mostEdges, Object makes)
      implements StrategyProvider {
    @Override
    public String summary() {
      return "a test's";
    }

    @Override
    public OffloadStrategy create(StrategyContext context) {
      if (makes instanceof Supplier<?> failure) {
        throw (RunFailure) failure.get();
      }
      return (OffloadStrategy) makes;
    }
  }

  private OffloadStrategy strategy(String name) {
    return new OffloadStrategy() {
      @Override
      public List<Component> components() {
        return List.of();
      }

      @Override
      public Route route(Task task, SystemView view) {
        throw new IllegalStateException("asks nobody");
      }

      @Override
      public double expectedAccuracy(Route route) {
        return 1;
      }

      @Override
      public void close() {
        closed.add(name);
      }
    };
  }

  private StrategyProvider provider(String name, Standing standing, int mostEdges) {
    return new Named(name, standing, mostEdges, strategy(name));
  }

  private static StrategyProvider failing(String name, Supplier<RunFailure> with) {
    return new Named(name, Standing.ON_REQUEST, 1, with);
  }

  private static StrategyContext context(Map<String, String> options) {
    return new StrategyContext(
        ResNets.resnet18(10, 8, Shape.of(3, 32, 32)),
        new ModelProfile("cifar10", 1, "p", null, Map.of(), null, List.of(), null, 1),
        FakeNetworks.scenario(1, 0),
        options);
  }

  @Test
  void defaults_followRoleAndOrderAsDeclared() {
    Strategies known =
        new Strategies(
            List.of(
                provider("a", Standing.reference(1), 9),
                provider("b", Standing.studied(2), 9),
                provider("c", Standing.ON_REQUEST, 9),
                provider("d", Standing.studied(1).asYardstick(), 1)));

    assertThat(known.defaults(system(1, 1))).containsExactly("d", "b", "a");
    assertThat(known.defaults(system(2, 1))).containsExactly("b", "a");
    assertThat(known.leftOut(system(2, 1))).singleElement().asString().startsWith("d is left out");
    assertThat(known.yardstick(List.of(Entry.of("b"), Entry.of("d")))).isEqualTo("d");
  }

  @Test
  void onClassPath_laboratorysOwn_haveTheirUsualOrder() {
    assertThat(Strategies.onClassPath().defaults(system(1, 1)))
        .containsExactly(
            "legodnn",
            "ddpg",
            "dt",
            "cloud-only",
            "cloud-only-budgeted",
            "edge-only",
            "neurosurgeon");
    assertThat(Strategies.onClassPath().yardstick(List.of(Entry.of("dt"), Entry.of("legodnn"))))
        .isEqualTo("legodnn");
  }

  @ParameterizedTest
  @CsvSource({"2, 2", "3, 2", "4, 2", "1, 1", "2, 1", "4, 1"})
  @DisplayName("One task in flight has all cores of the cloud, so that any number of them will do")
  void leftOut_oneTaskInFlight_cloudMayHaveFewerCoresThanEdges(int edges, int cores) {
    Strategies known = Strategies.onClassPath();

    assertThat(known.leftOut(system(edges, cores))).isEmpty();
    assertThat(known.defaults(system(edges, cores))).contains("ddpg");
    assertThatNoException()
        .isThrownBy(() -> known.requirePossible(List.of(Entry.of("ddpg")), system(edges, cores)));
  }

  @Test
  void leftOut_severalInFlightAndMoreEdgesThanCores_namesWhoNeedsThemAndWhy() {
    Strategies known = Strategies.onClassPath();
    Arrivals several = new Arrivals.Sequential(2);

    assertThat(known.leftOut(new Extent(2, 2, several))).isEmpty();
    assertThat(known.defaults(new Extent(3, 2, several)))
        .containsExactly(
            "legodnn", "dt", "cloud-only", "cloud-only-budgeted", "edge-only", "neurosurgeon");
    assertThat(known.leftOut(new Extent(3, 2, several)))
        .containsExactly(
            "ddpg is left out: where several tasks are in flight, it gives each of the 3 edges at least 1 of the cloud's cores, which are 2 (it takes part with --edges 2 or --arrivals sequential)");
  }

  @Test
  void requirePossible_namedWithTooFewCores_failsInOneLine() {
    Strategies known = Strategies.onClassPath();
    Extent poisson = new Extent(3, 2, new Arrivals.Poisson(5));

    assertThatThrownBy(
            () -> known.requirePossible(List.of(Entry.of("legodnn"), Entry.of("ddpg")), poisson))
        .isInstanceOf(RunFailure.class)
        .hasMessageStartingWith("'ddpg' cannot take part: ")
        .hasMessageEndingWith("leave it out")
        .hasMessageNotContaining("\n");
  }

  private static Extent system(int edges, int cores) {
    return new Extent(edges, cores, new Arrivals.Sequential());
  }

  @Test
  void idle_settingOfAnAbsentStrategy_isNamed() {
    Strategies known = Strategies.onClassPath();
    Map<String, String> settings = Map.of("dt.alpha", "1");

    assertThat(known.idle(settings, List.of(Entry.of("legodnn")))).containsExactly("dt.alpha");
    assertThat(known.idle(settings, List.of(Entry.of("legodnn"), Entry.of("dt")))).isEmpty();
    assertThat(known.idle(Map.of("ddpg.preset", "default"), List.of(Entry.of("ddpg-oracle"))))
        .isEmpty();
  }

  @Test
  void create_oneFails_closesThoseThatWereMade() {
    Strategies known =
        new Strategies(
            List.of(
                provider("a", Standing.ON_REQUEST, 1),
                failing("b", () -> new RunFailure("b cannot"))));

    assertThatThrownBy(() -> known.create(List.of(Entry.of("a"), Entry.of("b")), context(Map.of())))
        .isInstanceOf(RunFailure.class)
        .hasMessage("b cannot");
    assertThat(closed).containsExactly("a");
  }

  @Test
  @DisplayName("Whoever has no plan for a scenario is left out with the reason, unless all are")
  void create_oneIsInfeasible_goesOnWithoutIt() {
    Strategies known =
        new Strategies(
            List.of(
                provider("a", Standing.ON_REQUEST, 1),
                failing("b", () -> new Infeasible("no room"))));

    try (Entrants entrants =
        known.create(List.of(Entry.of("b"), Entry.of("a")), context(Map.of()))) {
      assertThat(entrants.list()).extracting(Entrant::name).containsExactly("a");
      assertThat(entrants.infeasible().reasons()).isEqualTo(Map.of("b", "no room"));
    }
    assertThatThrownBy(() -> known.create(List.of(Entry.of("b")), context(Map.of())))
        .isInstanceOf(Infeasible.class)
        .hasMessage("no room");
  }

  @Test
  void create_closed_closesEveryStrategy() {
    Strategies known =
        new Strategies(
            List.of(provider("a", Standing.ON_REQUEST, 1), provider("b", Standing.ON_REQUEST, 1)));

    known.create(List.of(Entry.of("a"), Entry.of("b")), context(Map.of())).close();

    assertThat(closed).containsExactlyInAnyOrder("a", "b");
  }

  @Test
  void written_checkpointsAndLogs_areKnownAsFiles() {
    assertThat(
            Strategies.onClassPath()
                .written(Map.of("dt.checkpoint", "x", "ddpg.log", "y", "dt.alpha", "1")))
        .containsExactlyInAnyOrder("dt.checkpoint", "ddpg.log");
  }

  @Test
  void ofTool_everyLauncherOfAStrategy_isFound() {
    Strategies known = Strategies.onClassPath();

    assertThat(List.of("legodnn", "ddpg-dec-dnn-io", "dt-assisted"))
        .extracting(tool -> known.ofTool(tool).name())
        .containsExactly("legodnn", "ddpg", "dt");
    assertThatThrownBy(() -> known.ofTool("bench"))
        .isInstanceOf(UsageError.class)
        .hasMessageContaining("bin/bench");
  }

  private static List<Entry> entered(String... lists) {
    return Strategies.onClassPath().entered(List.of(lists), Map.of());
  }

  @Test
  @DisplayName("one strategy enters several times, with a name and options of its own")
  void entered_namesAndOptions_areThoseOfTheEntry() {
    assertThat(entered("legodnn,ddpg,pub=ddpg[preset=published,reoptimise-every=0]"))
        .containsExactly(
            new Entry("legodnn", "legodnn", Map.of(), false, false),
            new Entry("ddpg", "ddpg", Map.of(), false, true),
            new Entry(
                "pub",
                "ddpg",
                Map.of("ddpg.preset", "published", "ddpg.reoptimise-every", "0"),
                false,
                true));
    assertThat(entered("edge-only").get(0).reference()).isTrue();
  }

  @Test
  void entered_valuesWithBracketsAndCommas_stayWhole() {
    assertThat(entered("d=dt[hidden=[32, 16],energy={computeWatts: 3.0, sendWatts: 1.3}]"))
        .singleElement()
        .extracting(Entry::settings)
        .isEqualTo(
            Map.of("dt.hidden", "[32, 16]", "dt.energy", "{computeWatts: 3.0, sendWatts: 1.3}"));
  }

  @Test
  void entered_optionGivenTwice_entrysGoesBeforeTheRuns() {
    Entry entry = entered("d=dt[alpha=2]").get(0);

    assertThat(entry.settings(Map.of("dt.alpha", "1", "dt.beta", "3")))
        .isEqualTo(Map.of("dt.alpha", "2", "dt.beta", "3"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '"',
      value = {
        "ddpg,ddpg[preset=published]; two entries are named 'ddpg'",
        "a=dt,a=ddpg; two entries are named 'a'",
        "ddpg=legodnn; another strategy's name",
        "my/name=legodnn; 'my/name' is no name",
        "=legodnn; '' is no name",
        "a=; names no strategy",
        "legodnn,,dt; an entry is empty",
        "pub=ddpg[preset=published; a ']' is missing",
        "pub=ddpg]; a ']' closes nothing",
        "d=dt[hidden=[32}]; a '}' closes nothing",
        "pub=ddpg[preset=published]x; something follows the bracket",
        "pub=ddpg[preset]; 'preset' is not OPTION=VALUE",
        "pub=ddpg[preset=default,preset=published]; option 'preset' is given twice",
        "pub=ddpg[presett=published]; did you mean ddpg.preset?",
        "d=dt[alpha=much]; entry 'd': dt.alpha is 'much'",
        "x=ddgp; did you mean ddpg?",
        "a=dt[checkpoint=x],b=dt[checkpoint=x]; would write to the same place"
      })
  void entered_notUnderstood_isALineThatSaysWhat(String text, String what) {
    assertThatThrownBy(() -> entered(text))
        .isInstanceOf(UsageError.class)
        .hasMessageContaining(what)
        .extracting(e -> e.getMessage().lines().count())
        .isEqualTo(1L);
  }

  @Test
  void entered_bothWriteTheRunsFile_isRefused() {
    assertThatThrownBy(
            () ->
                Strategies.onClassPath()
                    .entered(List.of("dt,x=dt[alpha=1]"), Map.of("dt.checkpoint", "x.json")))
        .isInstanceOf(UsageError.class)
        .hasMessageContaining("'dt' and 'x'");
  }

  @Test
  void yardstick_strategyUnderAnotherName_isThatEntry() {
    Strategies known = Strategies.onClassPath();

    assertThat(known.yardstick(entered("dt,a=legodnn,b=legodnn"))).isEqualTo("a");
    assertThat(known.yardstick(entered("dt,ddpg"))).isEqualTo("dt");
  }

  @Test
  void checkOptions_withoutAStrategy_isRefused() {
    assertThatThrownBy(() -> Strategies.onClassPath().checkOptions(Map.of("ratio", "1")))
        .isInstanceOf(UsageError.class)
        .hasMessageContaining("'ratio'");
  }
}
