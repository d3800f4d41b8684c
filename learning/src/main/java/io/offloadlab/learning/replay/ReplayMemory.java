package io.offloadlab.learning.replay;

import java.util.ArrayList;
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
public final class ReplayMemory implements IExpReplay<double[]> {
  private final int capacity;
  private final int batch;
  private final int warmup;
  private final RandomGenerator random;
  private final Ring<StateActionRewardState<double[]>> ring;

  /**
   * @param capacity transitions that are kept, at least 1
   * @param batch transitions that are drawn at once, at least 1
   * @param warmup transitions before the first batch, 0 or more
   * @param random what draws
   */
  public ReplayMemory(int capacity, int batch, int warmup, RandomGenerator random) {
    this.capacity = capacity;
    this.batch = batch;
    this.warmup = Math.max(warmup, batch);
    this.random = random;
    ring = new Ring<>(capacity);
  }

  @Override
  public void store(StateActionRewardState<double[]> transition) {
    ring.add(transition);
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

  /** Transitions that are kept now. */
  public int size() {
    return ring.size();
  }

  /** A transition by age, the oldest first. */
  public StateActionRewardState<double[]> get(int age) {
    return ring.byAge(age);
  }

  /** Forgets everything. */
  public void clear() {
    ring.clear();
  }
}
