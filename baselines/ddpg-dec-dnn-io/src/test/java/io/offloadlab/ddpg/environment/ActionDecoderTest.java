package io.offloadlab.ddpg.environment;

import static org.assertj.core.api.Assertions.assertThat;

import io.offloadlab.ddpg.planning.ExhaustiveOracle;
import io.offloadlab.learning.random.SplitMix64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ActionDecoderTest {
  private static final ExitTuple TUPLE = new ExitTuple(List.of("exit-3", "exit-5"));

  @Test
  void decode_perDevice_reachesEveryPlan() {
    CollaborationModel model = RandomSystems.draw(1);
    SplitMix64 random = new SplitMix64(1);

    Set<List<DevicePlan>> reached = new HashSet<>();
    for (int i = 0; i < 20_000; i++) {
      reached.add(ActionDecoder.PER_DEVICE.decode(uniform(random, 1), TUPLE, model));
    }

    assertThat(reached)
        .containsExactlyInAnyOrderElementsOf(ExhaustiveOracle.enumerate(model, TUPLE));
  }

  @ParameterizedTest
  @EnumSource
  void decode_anyAction_givesAFeasiblePlan(ActionDecoder decoder) {
    SplitMix64 random = new SplitMix64(2);
    for (int system = 1; system <= 10; system++) {
      CollaborationModel model = RandomSystems.draw(system);
      Set<List<DevicePlan>> feasible = Set.copyOf(ExhaustiveOracle.enumerate(model, TUPLE));
      for (int i = 0; i < 200; i++) {
        assertThat(feasible).contains(decoder.decode(uniform(random, 4), TUPLE, model));
      }
    }
  }

  @Test
  void decode_perDevice_lowestAndHighestActionAreTheFirstAndLastSplitPoint() {
    CollaborationModel model = RandomSystems.draw(1);

    List<DevicePlan> plan =
        ActionDecoder.PER_DEVICE.decode(new double[] {-1, 1, 0, 0}, TUPLE, model);

    List<Integer> first = model.feasibleSplits(0, "exit-3");
    List<Integer> second = model.feasibleSplits(1, "exit-5");
    assertThat(plan.get(0).split()).isEqualTo(first.get(0));
    assertThat(plan.get(1).split()).isEqualTo(second.get(second.size() - 1));
    assertThat(plan.get(0).cores()).isEqualTo(plan.get(1).cores());
  }

  private static double[] uniform(SplitMix64 random, double bound) {
    double[] action = new double[4];
    for (int i = 0; i < action.length; i++) {
      action[i] = random.nextDouble(-bound, bound);
    }
    return action;
  }
}
