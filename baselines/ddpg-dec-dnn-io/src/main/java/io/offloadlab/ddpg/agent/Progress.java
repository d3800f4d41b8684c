package io.offloadlab.ddpg.agent;

import java.util.ArrayDeque;
import java.util.Deque;

/** How far a training is, and whether it still gets better. */
final class Progress {
  private static final int WINDOW = 100;

  private final DdpgSettings settings;
  private final Deque<Double> rewards = new ArrayDeque<>();
  private int episodes;
  private long steps;
  private double bestScore = Double.NEGATIVE_INFINITY;
  private int bestEpisode;

  Progress(DdpgSettings settings) {
    this.settings = settings;
  }

  void finishEpisode(int length, double reward) {
    episodes++;
    steps += length;
    rewards.addLast(reward);
    if (rewards.size() > WINDOW) {
      rewards.removeFirst();
    }
  }

  /** Takes note of the score after an episode; whether it is the best so far. */
  boolean score(double score) {
    boolean better = score > bestScore;
    if (better) {
      bestScore = score;
      bestEpisode = episodes;
    }
    return better;
  }

  boolean done() {
    boolean plateau = settings.patience() > 0 && episodes - bestEpisode >= settings.patience();
    return episodes >= settings.episodes() || plateau;
  }

  double meanReward() {
    return rewards.stream().mapToDouble(Double::doubleValue).average().orElse(Double.NaN);
  }

  int episodes() {
    return episodes;
  }

  long steps() {
    return steps;
  }

  double bestScore() {
    return bestScore;
  }

  /** Everything, as numbers. */
  double[] state() {
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

  void restore(double[] state) {
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
