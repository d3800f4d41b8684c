package io.offloadlab.twin.traffic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.offloadlab.strategy.NodeId;
import io.offloadlab.twin.decision.Action;
import io.offloadlab.twin.decision.Chains;
import io.offloadlab.twin.decision.DecisionSpace;
import io.offloadlab.twin.decision.Moment;
import io.offloadlab.twin.decision.Situation;
import io.offloadlab.twin.decision.Stops;
import io.offloadlab.twin.decision.Utility;
import io.offloadlab.twin.settings.TwinSettings;
import io.offloadlab.twin.study.StudyWorld;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class StakesTest {
  private static final TwinSettings SETTINGS =
      TwinSettings.with("default", Map.of("objective", "utility"));
  private static final StudyWorld WORLD = new StudyWorld(10, 1, 10);
  private static final Utility UTILITY = new Utility(1, SETTINGS.beta());

  private static DecisionSpace space() {
    Chains chains = Chains.of(WORLD.context(0));
    return DecisionSpace.of(
        chains,
        WORLD.context(0).scenario(),
        Stops.of(chains, WORLD.context(0).scenario()),
        WORLD.view(),
        NodeId.edge(1),
        1,
        SETTINGS.energy(),
        SETTINGS.beta(),
        true);
  }

  @Test
  void ofHolding_isTheIntegralOfTheSmallerOfWaitAndStake() {
    List<Stake> known = List.of(new Stake(0.01, 0), new Stake(0, 0.02), new Stake(0.5, 0));
    Stakes stakes = new Stakes();
    known.forEach(stakes::add);

    double integral = 0;
    int steps = 200_000;
    double held = 0.06;
    for (int i = 0; i < steps; i++) {
      double left = held * (i + 0.5) / steps;
      integral += known.stream().mapToDouble(s -> Math.min(left, s.device())).sum() / known.size();
    }
    integral *= held / steps;

    assertThat(stakes.ofHolding(held)).isCloseTo(integral, within(1e-9));
  }

  @Test
  void ofDelay_costsNobodyMoreThanGoingAnotherWay() {
    Stakes stakes = new Stakes();
    stakes.add(new Stake(0, 0.004));
    stakes.add(new Stake(0, 0.03));

    assertThat(stakes.ofDelay(0.01)).isCloseTo((0.004 + 0.01) / 2, within(1e-12));
  }

  @Test
  void add_manyTasks_countsTheLastOnesOnly() {
    Stakes stakes = new Stakes();
    stakes.add(new Stake(0, 100));
    for (int i = 0; i < 1000; i++) {
      stakes.add(new Stake(0, 0.001));
    }

    assertThat(stakes.ofDelay(1)).isCloseTo(0.001, within(1e-12));
  }

  @Test
  void stake_isWhatTheBestStopOfOneKindIsWorthMoreThanTheBestOfTheOther() {
    SplittableRandom random = new SplittableRandom(5);
    DecisionSpace space = space();
    for (int i = 0; i < 200; i++) {
      double uplink = random.nextDouble() * 0.1;
      double cloud = random.nextDouble() * 0.1;
      double turnIn = random.nextDouble() * 0.1;
      Moment arrival = new Moment(Situation.ARRIVAL, 0, 0, 1, uplink, cloud, turnIn);

      double upload = best(space.atArrival(), 0, uplink, cloud);
      List<Action> onDevice = space.all().stream().filter(a -> a.hold() > 0).toList();
      double free = best(onDevice, 0, uplink, cloud);
      double joined = best(onDevice, turnIn, uplink, cloud);

      Stake stake = Stake.of(arrival, space, UTILITY, a -> true);
      assertThat(stake.device()).isCloseTo(Math.max(0, free - upload), within(1e-12));
      assertThat(stake.upload()).isCloseTo(Math.max(0, upload - joined), within(1e-12));
    }
  }

  /** In the study's world, every stop on the device that is not pruned finishes there. */
  private static double best(List<Action> actions, double waits, double uplink, double cloud) {
    return actions.stream()
        .mapToDouble(
            a -> {
              double queues = a.upload() ? uplink : 0;
              double reaches = uplink + a.sending() + a.travelling();
              queues += a.upload() ? Math.max(0, cloud - reaches) : 0;
              return a.accuracy()
                  - (waits + queues + a.idleSeconds())
                  - SETTINGS.beta() * a.joules();
            })
        .max()
        .orElseThrow();
  }
}
