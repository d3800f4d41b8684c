package io.offloadlab.ddpg.environment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.offloadlab.ddpg.planning.ExhaustiveOracle;
import io.offloadlab.failure.RunFailure;
import io.offloadlab.strategy.Hop;
import io.offloadlab.strategy.NodeId;
import io.offloadlab.strategy.Route;
import io.offloadlab.strategy.SystemView.LinkView;
import io.offloadlab.strategy.SystemView.NodeView;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class CollaborationModelTest {
  private static final long NO_LIMIT = Long.MAX_VALUE;

  private static NodeView node(double gigaflops, int cores) {
    return new NodeView("node", gigaflops * 1e9, cores, 0, Map.of());
  }

  private static CollaborationModel model(int cores, boolean atCloud, long cloud, double acc) {
    return RandomSystems.model(
        List.of(node(40, cores), node(10, 2), node(5, 2)),
        List.of(new LinkView(1e6, 2e6, 0.01), new LinkView(5e5, 1e6, 0.02)),
        atCloud,
        cloud,
        acc);
  }

  @Test
  void seconds_sourceAtTheEdge_isComputePlusUploadOfTheTensorPlusThePredictionsWayBack() {
    CollaborationModel model = model(4, false, NO_LIMIT, 0);
    Route route = model.route(0, new DevicePlan("exit-5", 2, 1));
    double edge =
        (route.hops().get(0).component().flops() + route.hops().get(1).component().flops()) / 10e9;
    double cloud =
        route.hops().subList(2, 6).stream().mapToLong(h -> h.component().flops()).sum()
            / (40e9 / 4);
    double up = 64 * 32 * 32 * 4 / 1e6 + 0.005;
    double down = 10 * 4 / 2e6 + 0.005;

    assertThat(model.seconds(0, new DevicePlan("exit-5", 2, 1)))
        .isCloseTo(edge + up + cloud + down, within(1e-9));
  }

  @Test
  void seconds_sourceAtTheCloud_everythingOnTheCloudTransfersNothing() {
    CollaborationModel model = model(4, true, NO_LIMIT, 0);
    long flops = model.route(0, new DevicePlan("exit-7", 0, 4)).flops();

    assertThat(model.seconds(0, new DevicePlan("exit-7", 0, 4)))
        .isCloseTo(flops / 40e9, within(1e-9));
  }

  @Test
  void ipla_isMeanAccuracyLessMeanLatencyOverTheSlowestDevicesOwn() {
    CollaborationModel model = model(4, false, NO_LIMIT, 0);
    List<DevicePlan> plan =
        List.of(new DevicePlan("exit-3", 2, 1), new DevicePlan("exit-7", 10, 3));
    double slowest = model.seconds(1, new DevicePlan("exit-7", 10, 1));
    double mean = (model.seconds(0, plan.get(0)) + slowest) / 2;

    assertThat(model.slowestOnDevice()).isEqualTo(slowest);
    assertThat(model.ipla(plan)).isCloseTo((0.8105 + 0.9241) / 2 - mean / slowest, within(1e-12));
  }

  @Test
  void route_givesTheCloudsHopsTheDevicesCores() {
    Route route = model(4, true, NO_LIMIT, 0).route(1, new DevicePlan("exit-5", 2, 3));

    assertThat(route.hops()).extracting(h -> h.node().index()).containsExactly(2, 2, 0, 0, 0, 0);
    assertThat(route.hops()).extracting("cores").containsExactly(0, 0, 3, 3, 3, 3);
  }

  @Test
  void feasibleSplits_leaveOutWhatExceedsTheCloudsBudget() {
    long quarter = 11_220_132L;
    CollaborationModel model = model(4, true, quarter, 0);

    assertThat(model.feasibleSplits(0, "exit-7"))
        .isNotEmpty()
        .allSatisfy(
            split ->
                assertThat(model.route(0, new DevicePlan("exit-7", split, 1)).bytesOn(NodeId.CLOUD))
                    .isLessThanOrEqualTo(quarter))
        .doesNotContain(0);
  }

  @Test
  void create_fewerCloudCoresThanDevices_saysSo() {
    assertThatThrownBy(() -> model(1, true, NO_LIMIT, 0))
        .isInstanceOf(RunFailure.class)
        .hasMessageContaining("the cloud computes with 1 core(s)")
        .hasMessageContaining("2 devices");
  }

  @Test
  @DisplayName("One task in flight has all cores of the cloud, however few they are")
  void create_oneTaskInFlight_sharesNoCores() {
    CollaborationModel model =
        RandomSystems.oneAtATime(
            List.of(node(40, 2), node(10, 2), node(5, 2), node(5, 2)),
            Collections.nCopies(3, new LinkView(1e6, 2e6, 0.01)));
    Route route = model.route(1, new DevicePlan("exit-7", 0, 1));

    assertThat(route.hops()).extracting("cores").containsOnly(Hop.ALL_CORES);
    assertThat(model.seconds(1, new DevicePlan("exit-7", 0, 1)))
        .isEqualTo(model.seconds(1, new DevicePlan("exit-7", 0, 2)))
        .isCloseTo(route.flops() / 40e9, within(1e-9));
  }

  @Test
  @DisplayName("Where no cores are shared, each device has its best split point by itself")
  void solve_oneTaskInFlight_isEachDevicesBest() {
    CollaborationModel model =
        RandomSystems.oneAtATime(
            List.of(node(40, 2), node(10, 2), node(5, 2), node(50, 2)),
            Collections.nCopies(3, new LinkView(1e8, 1e8, 0.001)));
    double least = 0;
    for (int device = 0; device < 3; device++) {
      int d = device;
      least +=
          IntStream.rangeClosed(0, model.splits("exit-3"))
              .mapToDouble(split -> model.seconds(d, new DevicePlan("exit-3", split, 2)))
              .min()
              .orElseThrow();
    }

    List<DevicePlan> plan = ExhaustiveOracle.solve(model).plan();

    assertThat(plan).extracting(DevicePlan::cores).containsOnly(2);
    assertThat(model.meanSeconds(plan)).isCloseTo(least / 3, within(1e-12));
  }

  @Test
  void tuples_keepsThoseWhoseMeanAccuracyMeetsTheThreshold() {
    assertThat(model(4, true, NO_LIMIT, 0.9183).tuples())
        .extracting(ExitTuple::toString)
        .containsExactly("exit-5_exit-5", "exit-5_exit-7", "exit-7_exit-5", "exit-7_exit-7");
  }

  @Test
  void tuples_thresholdOutOfReach_namesTheBestAccuracy() {
    assertThatThrownBy(() -> model(4, true, NO_LIMIT, 0.95).tuples())
        .isInstanceOf(RunFailure.class)
        .hasMessageContaining("0.9500")
        .hasMessageContaining("0.9241");
  }

  @Test
  void distance_ofAViewToItself_isZero() {
    assertThat(model(4, true, NO_LIMIT, 0).distance(model(4, true, NO_LIMIT, 0))).isZero();
  }

  @Test
  void bound_isNeverExceeded() {
    for (int system = 1; system <= 20; system++) {
      CollaborationModel model =
          RandomSystems.draw(system, system % 2 == 0 ? Objective.LATENCY : Objective.IPLA);
      for (ExitTuple tuple : model.tuples()) {
        assertThat(ExhaustiveOracle.solve(model, tuple).worth())
            .isLessThanOrEqualTo(model.bound(tuple) + 1e-12);
      }
    }
  }
}
