package io.offloadlab.learning.replay;

import org.deeplearning4j.rl4j.experience.StateActionRewardState;
import org.deeplearning4j.rl4j.observation.Observation;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Transitions as rows of numbers, as a checkpoint keeps them: observation, next observation,
 * action, reward, and 1 for a terminal one.
 *
 * @param observations numbers in an observation
 * @param actions numbers in an action
 */
public record TransitionRows(int observations, int actions) {
  /** Numbers in a row. */
  public int width() {
    return 2 * observations + actions + 2;
  }

  /** The whole memory {@code [size, width]}, the oldest transition first. */
  public float[] of(ReplayMemory memory) {
    float[] rows = new float[memory.size() * width()];
    int at = 0;
    for (int age = 0; age < memory.size(); age++) {
      StateActionRewardState<double[]> t = memory.get(age);
      at = put(rows, at, t.getObservation());
      at = put(rows, at, t.getNextObservation());
      for (double a : t.getAction()) {
        rows[at++] = (float) a;
      }
      rows[at++] = (float) t.getReward();
      rows[at++] = t.isTerminal() ? 1 : 0;
    }
    return rows;
  }

  private static int put(float[] rows, int at, Observation observation) {
    float[] values = observation.getChannelData(0).data().asFloat();
    System.arraycopy(values, 0, rows, at, values.length);
    return at + values.length;
  }

  /** Fills a memory with what {@link #of} gave, in the place of what it holds. */
  public void restore(float[] rows, ReplayMemory memory) {
    memory.clear();
    for (int at = 0; at < rows.length; at += width()) {
      double[] action = new double[actions];
      for (int i = 0; i < actions; i++) {
        action[i] = rows[at + 2 * observations + i];
      }
      StateActionRewardState<double[]> t =
          new StateActionRewardState<>(
              observation(rows, at),
              action,
              rows[at + 2 * observations + actions],
              rows[at + width() - 1] == 1);
      t.setNextObservation(observation(rows, at + observations));
      memory.store(t);
    }
  }

  private Observation observation(float[] rows, int at) {
    float[] values = new float[observations];
    System.arraycopy(rows, at, values, 0, observations);
    return new Observation(Nd4j.createFromArray(new float[][] {values}));
  }
}
