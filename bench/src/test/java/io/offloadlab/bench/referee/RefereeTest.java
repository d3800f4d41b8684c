package io.offloadlab.bench.referee;

import static org.assertj.core.api.Assertions.assertThat;

import io.offloadlab.bench.metric.DecisionTimes;
import io.offloadlab.bench.metric.Finding;
import io.offloadlab.bench.metric.Finding.Mark;
import io.offloadlab.bench.metric.StreamFold;
import io.offloadlab.bench.metric.StreamSummary;
import io.offloadlab.bench.run.FakeNetworks;
import io.offloadlab.graph.Component;
import io.offloadlab.strategy.Arrivals;
import io.offloadlab.strategy.LinkSpec;
import io.offloadlab.strategy.NodeId;
import io.offloadlab.strategy.OffloadStrategy;
import io.offloadlab.strategy.Route;
import io.offloadlab.strategy.Scenario;
import io.offloadlab.strategy.Scenario.NodeSpec;
import io.offloadlab.strategy.SystemView;
import io.offloadlab.strategy.Task;
import io.offloadlab.strategy.TaskRecord;
import io.offloadlab.strategy.TaskRecord.Latency;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class RefereeTest {
  private static final List<Component> CHAIN = FakeNetworks.CHAIN;
  private static final long WHOLE = CHAIN.stream().mapToLong(Component::bytes).sum();
  private static final Arrivals ONE_BY_ONE = new Arrivals.Sequential();
  private static final SystemView VIEW = FakeNetworks.view();

  private static Scenario scenario(double accuracy, long cloudBytes, Arrivals arrivals) {
    NodeSpec edge = new NodeSpec(1, Long.MAX_VALUE);
    return new Scenario(
        "test",
        true,
        List.of(new NodeSpec(1, cloudBytes), edge, edge),
        Collections.nCopies(2, LinkSpec.UNSHAPED),
        arrivals,
        1,
        accuracy,
        1);
  }

  private static TaskRecord record(Task task, Route route, Boolean right) {
    Latency latency = new Latency(1, 0, 1, 0, 0, 0);
    return right == null
        ? new TaskRecord(task, route, List.of(), List.of(), latency)
        : new TaskRecord(task, route, List.of(right ? 1 : 0), List.of(1), latency);
  }

  /** A stream of which the first so many are right; null for no labels. */
  private static List<TaskRecord> records(int count, Integer right, Route route) {
    return FakeNetworks.tasks(count, 1).stream()
        .map(t -> record(t, route, right == null ? null : t.id() < right))
        .toList();
  }

  private static List<Finding> findings(Scenario scenario, List<TaskRecord> records) {
    OffloadStrategy strategy = FakeNetworks.always(records.get(0).route());
    StreamFold fold = StreamFold.exact(strategy);
    Referee referee = new Referee(scenario, strategy);
    records.forEach(fold);
    records.forEach(referee);
    StreamSummary summary = fold.summary("s", scenario, 1, 0, new DecisionTimes());
    return referee.ofLive(summary, records, VIEW);
  }

  private static final Route AT_CLOUD = Route.onOneNode(CHAIN, NodeId.CLOUD);
  private static final Route AT_EDGE = Route.onOneNode(CHAIN, NodeId.edge(1));

  @Test
  void ofLive_everythingKept_findsNothing() {
    assertThat(findings(scenario(0.5, WHOLE, ONE_BY_ONE), records(100, 80, AT_CLOUD))).isEmpty();
  }

  @Test
  @DisplayName("Wilson's interval of 600 right in 1,000 ends at 63.0%: 77% are missed")
  void ofLive_accuracySurelyBelow_isMissed() {
    List<Finding> found = findings(scenario(0.77, WHOLE, ONE_BY_ONE), records(1000, 600, AT_CLOUD));

    // Wilson, 1927: (p + z^2/2n +- z sqrt(p(1-p)/n + z^2/4n^2)) / (1 + z^2/n)
    double z = 1.959964;
    double middle = (0.6 + z * z / 2000) / (1 + z * z / 1000);
    double half = z * Math.sqrt(0.6 * 0.4 / 1000 + z * z / 4e6) / (1 + z * z / 1000);
    assertThat(found).singleElement().extracting(Finding::mark).isEqualTo(Mark.ACCURACY_MISSED);
    assertThat(found.get(0).text())
        .isEqualTo(
            String.format(
                Locale.ROOT,
                "accuracy is 60.00%% (95%% interval %.2f to %.2f%%), below the 77.00%% asked for",
                (middle - half) * 100,
                (middle + half) * 100));
  }

  @Test
  void ofLive_accuracyBelowWithinItsInterval_isUnclearAndNoFault() {
    List<Finding> found = findings(scenario(0.77, WHOLE, ONE_BY_ONE), records(20, 15, AT_CLOUD));

    assertThat(found).extracting(Finding::mark).containsExactly(Mark.ACCURACY_UNCLEAR);
    assertThat(found.get(0).mark().failsStrictRuns()).isFalse();
  }

  @Test
  void ofLive_accuracyOfTheProfile_isExpectedAndNeverMissed() {
    List<Finding> found = findings(scenario(0.95, WHOLE, ONE_BY_ONE), records(500, null, AT_CLOUD));

    assertThat(found).extracting(Finding::mark).containsExactly(Mark.EXPECTED_BELOW);
    assertThat(found.get(0).text()).contains("right in 90.00%", "the 95.00% asked for");
  }

  @Test
  void ofLive_moreThanTheBudget_isOverMemory() {
    List<Finding> found = findings(scenario(0, WHOLE - 1, ONE_BY_ONE), records(10, 10, AT_CLOUD));

    assertThat(found).extracting(Finding::mark).containsExactly(Mark.OVER_MEMORY);
    assertThat(found.get(0).text()).startsWith("cloud holds ");
  }

  @Test
  void ofLive_budgetOfASmallNetwork_isNotToldAsNothing() {
    List<Finding> found = findings(scenario(0, 512, ONE_BY_ONE), records(10, 10, AT_CLOUD));

    assertThat(found).singleElement().extracting(Finding::text).asString().endsWith(" of 0.5 KiB");
  }

  @Test
  @DisplayName("what two devices share is held once, and what each needs alone is added up")
  void ofLive_twoDevicesWithOtherRoutes_holdTheUnion() {
    Route first = Route.split(CHAIN, 1, NodeId.CLOUD, NodeId.edge(1));
    Route rest = Route.split(CHAIN, 1, NodeId.edge(2), NodeId.CLOUD);
    List<TaskRecord> both = new ArrayList<>();
    FakeNetworks.tasks(10, 1)
        .forEach(t -> both.add(record(t, t.device().index() == 1 ? first : rest, true)));

    assertThat(findings(scenario(0, WHOLE, ONE_BY_ONE), both)).isEmpty();
    assertThat(findings(scenario(0, WHOLE - 1, ONE_BY_ONE), both))
        .extracting(Finding::mark)
        .containsExactly(Mark.OVER_MEMORY);
  }

  @Test
  @DisplayName("one device on the new plan and one still on the old is no plan of anybody's")
  void ofLive_planThatChangesOneDeviceAfterTheOther_isNotAddedUp() {
    Route head = Route.split(CHAIN, 1, NodeId.CLOUD, NodeId.edge(1));
    Route headOfTwo = Route.split(CHAIN, 1, NodeId.CLOUD, NodeId.edge(2));
    Route tail = Route.split(CHAIN, 1, NodeId.edge(1), NodeId.CLOUD);
    Route tailOfTwo = Route.split(CHAIN, 1, NodeId.edge(2), NodeId.CLOUD);
    List<TaskRecord> changing = new ArrayList<>();
    FakeNetworks.tasks(8, 1)
        .forEach(
            t -> {
              boolean one = t.device().index() == 1;
              Route route = t.id() < 4 ? (one ? head : headOfTwo) : (one ? tail : tailOfTwo);
              changing.add(record(t, route, true));
            });

    assertThat(findings(scenario(0, WHOLE - 1, ONE_BY_ONE), changing))
        .extracting(Finding::mark)
        .containsExactly(Mark.PLAN_CHANGED);
  }

  @Test
  void ofLive_deviceThatChangesItsPlan_isNamedWithTheFirstTask() {
    List<TaskRecord> changing = new ArrayList<>(records(10, 10, AT_CLOUD));
    changing.set(6, record(changing.get(6).task(), AT_EDGE, true));

    List<Finding> found = findings(scenario(0, WHOLE, ONE_BY_ONE), changing);

    assertThat(found).extracting(Finding::mark).containsExactly(Mark.PLAN_CHANGED);
    assertThat(found.get(0).text()).contains("changed 2 time(s), first at task 6");
  }

  @Test
  @DisplayName("twice the work that a second has is a utilisation of 2")
  void ofLive_arrivalsAboveCapacity_isSaturated() {
    double seconds =
        CHAIN.stream().mapToDouble(c -> c.flops() / VIEW.node(NodeId.CLOUD).flopsPerSecond()).sum();
    Scenario twice = scenario(0, WHOLE, new Arrivals.Poisson(2 / seconds));
    Scenario half = scenario(0, WHOLE, new Arrivals.Poisson(0.5 / seconds));

    List<Finding> found = findings(twice, records(10, 10, AT_CLOUD));

    assertThat(found).extracting(Finding::mark).containsExactly(Mark.SATURATED);
    assertThat(found.get(0).text()).contains("the cloud", "utilisation up to 2.00");
    assertThat(findings(half, records(10, 10, AT_CLOUD))).isEmpty();
  }

  @Test
  void ofLive_linkAboveItsRate_isSaturated() {
    // Tasks arise at the cloud and run on edges: images go down, predictions come up.
    double downSeconds = AT_EDGE.input().bytes() / VIEW.link(NodeId.edge(1)).downBytesPerSecond();
    Load load = new Load(VIEW);
    records(10, 10, AT_EDGE).forEach(load::add);

    List<String> over = load.overloads(3 / downSeconds);

    assertThat(over).anySatisfy(line -> assertThat(line).contains("downlinks", "up to 3.00"));
  }

  @Test
  void holdings_planThatWasLeft_countsWithTheMostThatWasHeldAtOnce() {
    Holdings holdings = new Holdings();
    holdings.change(NodeId.edge(1), List.of(AT_CLOUD));
    holdings.change(NodeId.edge(1), List.of(AT_EDGE));
    holdings.change(NodeId.edge(1), List.of(AT_CLOUD));

    assertThat(holdings.mostBytes())
        .containsEntry(NodeId.CLOUD, WHOLE)
        .containsEntry(NodeId.edge(1), WHOLE);
  }
}
