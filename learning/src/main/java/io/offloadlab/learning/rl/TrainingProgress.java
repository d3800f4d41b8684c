package io.offloadlab.learning.rl;

import java.util.ArrayDeque;
import java.util.Deque;

/** How far a training is, and whether it still gets better. */
public final class TrainingProgress {
  private static final int WINDOW = 100;

  private final int most;
  private final int patience;
  private final Deque<Double> rewards = new ArrayDeque<>();
  private int episodes;
  private long steps;
  private double bestScore = Double.NEGATIVE_INFINITY;
  private int bestEpisode;

  /**
   * @param most episodes to train
   * @param patience episodes without a better score after which training stops; 0 for never
   */
  public TrainingProgress(int most, int patience) {
    this.most = most;
    this.patience = patience;
  }

  /**
   * An episode is over.
   *
   * @param length in steps
   * @param reward summed up
   */
  public void finishEpisode(int length, double reward) {
    episodes++;
    steps += length;
    rewards.addLast(reward);
    if (rewards.size() > WINDOW) {
      rewards.removeFirst();
    }
  }

  /** Takes note of the score after an episode; whether it is the best so far. */
  public boolean score(double score) {
    boolean better = score > bestScore;
    if (better) {
      bestScore = score;
      bestEpisode = episodes;
    }
    return better;
  }

  /** Whether training is to end. */
  public boolean done() {
    boolean plateau = patience > 0 && episodes - bestEpisode >= patience;
    return episodes >= most || plateau;
  }

  /** Mean reward of the last {@value #WINDOW} episodes; NaN before the first. */
  public double meanReward() {
    return rewards.stream().mapToDouble(Double::doubleValue).average().orElse(Double.NaN);
  }

  /** Episodes so far. */
  public int episodes() {
    return episodes;
  }

  /** Steps of the environment so far. */
  public long steps() {
    return steps;
  }

  /** Highest score so far; minus infinity before the first. */
  public double bestScore() {
    return bestScore;
  }

  /** Everything, as numbers. */
  public double[] state() {
    double[] state = new double[4 + rewards.size()];
    state[0] = episodes;
    state[1] = steps;
    state[2] = bestScore;
    state[3] = bestEpisode;
    int i = 4;
    for (double r : rewards) {
      state[i++] = r;
    }
    return state;
  }

  /** Goes on from what {@link #state} told. */
  public void restore(double[] state) {
    episodes = (int) state[0];
    steps = (long) state[1];
    bestScore = state[2];
    bestEpisode = (int) state[3];
    rewards.clear();
    for (int i = 4; i < state.length; i++) {
      rewards.addLast(state[i]);
    }
  }
}
