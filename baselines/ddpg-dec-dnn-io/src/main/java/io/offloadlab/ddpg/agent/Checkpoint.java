package io.offloadlab.ddpg.agent;

import io.offloadlab.failure.RunFailure;
import io.offloadlab.weights.Dtype;
import io.offloadlab.weights.SafeTensors;
import io.offloadlab.weights.SafeTensorsWriter;
import io.offloadlab.weights.StoredTensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.LongBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.rl4j.experience.StateActionRewardState;
import org.deeplearning4j.rl4j.observation.Observation;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The whole state of a training between two episodes as one safetensors file: networks, targets,
 * optimisers, replay memory, normalisation, generator and counters. A training that goes on from it
 * ends with the same bits as one that was never interrupted.
 */
final class Checkpoint {
  private static final String FORMAT = "offloadlab-ddpg-1";

  private final TrainingState state;

  Checkpoint(TrainingState state) {
    this.state = state;
  }

  /** Replaces the file in one step. */
  void save(Path file) {
    Map<String, String> metadata = new LinkedHashMap<>();
    metadata.put("format", FORMAT);
    metadata.put("networks", state.networks().description());
    metadata.put("environment", state.environment());
    metadata.put("settings", state.networks().settings.toString());
    metadata.put("seed", Long.toString(state.random().seed()));
    List<StoredTensor> tensors = new ArrayList<>();
    floats().forEach((name, f) -> tensors.add(vector(name, f.toArray())));
    tensors.add(doubles("progress", state.progress().state()));
    tensors.add(doubles("normaliser", state.normaliser().state()));
    tensors.add(doubles("best.normaliser", state.best().normaliser().state()));
    tensors.add(longs("counters", counters()));
    saveReplay(tensors);
    SafeTensorsWriter.write(file, metadata, tensors);
  }

  /**
   * @throws RunFailure if the file belongs to other networks, another environment or other settings
   */
  void load(Path file) {
    SafeTensors saved = SafeTensors.open(file);
    check(file, saved, "format", FORMAT);
    check(file, saved, "networks", state.networks().description());
    check(file, saved, "environment", state.environment());
    check(file, saved, "settings", state.networks().settings.toString());
    floats()
        .forEach((name, f) -> f.values().put(0, saved.tensor(name, List.of(f.length())).floats()));
    state.progress().restore(doubles(saved.tensor("progress")));
    state.normaliser().restore(doubles(saved.tensor("normaliser")));
    state.best().normaliser().restore(doubles(saved.tensor("best.normaliser")));
    restoreCounters(longs(saved.tensor("counters")));
    loadReplay(saved);
  }

  private static void check(Path file, SafeTensors saved, String what, String expected) {
    String found = saved.metadata().get(what);
    if (!expected.equals(found)) {
      throw new RunFailure(
          "checkpoint %s is of another %s: it has '%s', this training has '%s'; name another file or delete it"
              .formatted(file, what, found, expected));
    }
  }

  private Map<String, Floats> floats() {
    Networks n = state.networks();
    Map<String, Floats> all = new LinkedHashMap<>();
    all.put("actor", n.actor);
    all.put("critic", n.critic);
    all.put("target.actor", n.targetActor);
    all.put("target.critic", n.targetCritic);
    all.put("adam.actor.first", n.actorAdam.first());
    all.put("adam.actor.second", n.actorAdam.second());
    all.put("adam.critic.first", n.criticAdam.first());
    all.put("adam.critic.second", n.criticAdam.second());
    all.put("best.actor", state.best().actor());
    all.put("best.critic", state.best().critic());
    return all;
  }

  private long[] counters() {
    return new long[] {
      state.random().seed(),
      state.random().state(),
      state.networks().actorAdam.steps(),
      state.networks().criticAdam.steps(),
      state.policy().steps(),
      state.algorithm().turn()
    };
  }

  private void restoreCounters(long[] counters) {
    state.random().restore(counters[0], counters[1]);
    state.networks().actorAdam.restoreSteps(counters[2]);
    state.networks().criticAdam.restoreSteps(counters[3]);
    state.policy().restoreSteps(counters[4]);
    state.algorithm().restoreTurn((int) counters[5]);
  }

  /** One row per transition, the oldest first: observation, next, action, reward, terminal. */
  private void saveReplay(List<StoredTensor> tensors) {
    ReplayMemory replay = state.replay();
    int width = width();
    if (replay.size() == 0) {
      return;
    }
    float[] rows = new float[replay.size() * width];
    int at = 0;
    for (int age = 0; age < replay.size(); age++) {
      StateActionRewardState<double[]> t = replay.get(age);
      at = put(rows, at, t.getObservation());
      at = put(rows, at, t.getNextObservation());
      for (double a : t.getAction()) {
        rows[at++] = (float) a;
      }
      rows[at++] = (float) t.getReward();
      rows[at++] = t.isTerminal() ? 1 : 0;
    }
    tensors.add(StoredTensor.of("replay", List.of(replay.size(), width), rows));
  }

  private static int put(float[] rows, int at, Observation observation) {
    float[] values = observation.getChannelData(0).data().asFloat();
    System.arraycopy(values, 0, rows, at, values.length);
    return at + values.length;
  }

  private void loadReplay(SafeTensors saved) {
    state.replay().clear();
    if (!saved.names().contains("replay")) {
      return;
    }
    StoredTensor replay = saved.tensor("replay");
    int width = width();
    float[] rows = saved.tensor("replay", List.of(replay.shape().get(0), width)).floats();
    int o = state.networks().observations;
    int a = state.networks().actions;
    for (int at = 0; at < rows.length; at += width) {
      double[] action = new double[a];
      for (int i = 0; i < a; i++) {
        action[i] = rows[at + 2 * o + i];
      }
      StateActionRewardState<double[]> t =
          new StateActionRewardState<>(
              observation(rows, at, o), action, rows[at + 2 * o + a], rows[at + width - 1] == 1);
      t.setNextObservation(observation(rows, at + o, o));
      state.replay().store(t);
    }
  }

  private int width() {
    return 2 * state.networks().observations + state.networks().actions + 2;
  }

  private static Observation observation(float[] rows, int at, int size) {
    float[] values = new float[size];
    System.arraycopy(rows, at, values, 0, size);
    return new Observation(Nd4j.createFromArray(new float[][] {values}));
  }

  private static StoredTensor vector(String name, float[] values) {
    return StoredTensor.of(name, List.of(values.length), values);
  }

  private static StoredTensor longs(String name, long[] values) {
    ByteBuffer bytes = ByteBuffer.allocate(values.length * Long.BYTES);
    bytes.order(ByteOrder.LITTLE_ENDIAN).asLongBuffer().put(values);
    return new StoredTensor(name, Dtype.I64, List.of(values.length), bytes);
  }

  private static long[] longs(StoredTensor tensor) {
    LongBuffer buffer = tensor.data().asLongBuffer();
    long[] values = new long[buffer.remaining()];
    buffer.get(values);
    return values;
  }

  /** Doubles by their bits. */
  private static StoredTensor doubles(String name, double[] values) {
    long[] bits = new long[values.length];
    for (int i = 0; i < bits.length; i++) {
      bits[i] = Double.doubleToRawLongBits(values[i]);
    }
    return longs(name, bits);
  }

  private static double[] doubles(StoredTensor tensor) {
    long[] bits = longs(tensor);
    double[] values = new double[bits.length];
    for (int i = 0; i < bits.length; i++) {
      values[i] = Double.longBitsToDouble(bits[i]);
    }
    return values;
  }
}
