package io.offloadlab.ddpg.agent;

import io.offloadlab.learning.random.SplitMix64;
import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.rl4j.experience.StateActionRewardState;
import org.deeplearning4j.rl4j.observation.Observation;
import org.nd4j.linalg.factory.Nd4j;

/** Random transitions. */
final class Transitions {
  private Transitions() {}

  static List<StateActionRewardState<double[]>> random(
      int count, int observations, int actions, SplitMix64 random) {
    List<StateActionRewardState<double[]>> batch = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      double[] action = new double[actions];
      for (int a = 0; a < actions; a++) {
        action[a] = random.nextDouble(-1, 1);
      }
      StateActionRewardState<double[]> t =
          new StateActionRewardState<>(
              observation(observations, random), action, random.nextDouble(), i % 3 == 0);
      t.setNextObservation(observation(observations, random));
      batch.add(t);
    }
    return batch;
  }

  private static Observation observation(int size, SplitMix64 random) {
    float[] values = new float[size];
    for (int i = 0; i < size; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return new Observation(Nd4j.createFromArray(new float[][] {values}));
  }
}
