package io.offloadlab.ddpg.agent;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.deeplearning4j.rl4j.experience.StateActionRewardState;
import org.deeplearning4j.rl4j.learning.sync.IExpReplay;

/**
 * The last transitions, drawn from uniformly with replacement.
 *
 * <p>Unlike RL4J's {@code ExpReplay} it hands out the transitions themselves and not copies (nobody
 * changes one, and copying 2 x 64 arrays costs more than the update), it can be saved, and it is
 * not ready before the warm-up is over.
 */
final class ReplayMemory implements IExpReplay<double[]> {
  private final int capacity;
  private final int batch;
  private final int warmup;
  private final RandomGenerator random;
  private final List<StateActionRewardState<double[]>> ring = new ArrayList<>();
  private int oldest;

  ReplayMemory(DdpgSettings settings, RandomGenerator random) {
    this.capacity = settings.replay();
    this.batch = settings.batch();
    this.warmup = Math.max(settings.warmup(), batch);
    this.random = random;
  }

  @Override
  public void store(StateActionRewardState<double[]> transition) {
    if (ring.size() < capacity) {
      ring.add(transition);
    } else {
      ring.set(oldest, transition);
      oldest = (oldest + 1) % capacity;
    }
  }

  @Override
  @SuppressWarnings("NonApiType") // RL4J's signature
  public ArrayList<StateActionRewardState<double[]>> getBatch() {
    ArrayList<StateActionRewardState<double[]>> drawn = new ArrayList<>(batch);
    for (int i = 0; i < batch; i++) {
      drawn.add(get(random.nextInt(ring.size())));
    }
    return drawn;
  }

  @Override
  public int getDesignatedBatchSize() {
    return batch;
  }

  /** 0 until the warm-up is over. */
  @Override
  public int getBatchSize() {
    return ring.size() >= Math.min(warmup, capacity) ? batch : 0;
  }

  int size() {
    return ring.size();
  }

  /** A transition by age, the oldest first. */
  StateActionRewardState<double[]> get(int age) {
    return ring.get((oldest + age) % ring.size());
  }

  void clear() {
    ring.clear();
    oldest = 0;
  }
}
