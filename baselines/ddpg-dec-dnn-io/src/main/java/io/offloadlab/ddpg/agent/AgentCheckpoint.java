package io.offloadlab.ddpg.agent;

import io.offloadlab.failure.RunFailure;
import io.offloadlab.learning.checkpoint.CheckpointReader;
import io.offloadlab.learning.checkpoint.CheckpointWriter;
import io.offloadlab.learning.network.Floats;
import io.offloadlab.learning.replay.TransitionRows;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The whole state of a training between two episodes as one safetensors file: networks, targets,
 * optimisers, replay memory, normalisation, generator and counters. A training that goes on from it
 * ends with the same bits as one that was never interrupted.
 */
final class AgentCheckpoint {
  private static final String FORMAT = "offloadlab-ddpg-1";
  private static final String REPLAY = "replay";

  private final AgentState state;
  private final TransitionRows rows;

  AgentCheckpoint(AgentState state) {
    this.state = state;
    rows = new TransitionRows(state.networks().observations, state.networks().actions);
  }

  /** Replaces the file in one step. */
  void save(Path file) {
    CheckpointWriter out = new CheckpointWriter();
    descriptions().forEach(out::describe);
    out.describe("seed", Long.toString(state.random().seed()));
    floats().forEach((name, f) -> out.floats(name, f.toArray()));
    out.doubles("progress", state.progress().state())
        .doubles("normaliser", state.normaliser().state())
        .doubles("best.normaliser", state.best().normaliser().state())
        .longs("counters", counters())
        .rows(REPLAY, rows.width(), rows.of(state.replay()))
        .write(file);
  }

  /**
   * @throws RunFailure if the file belongs to other networks, another environment or other settings
   */
  void load(Path file) {
    CheckpointReader in = CheckpointReader.open(file);
    descriptions().forEach(in::expect);
    floats().forEach((name, f) -> f.values().put(0, in.floats(name, f.length())));
    state.progress().restore(in.doubles("progress"));
    state.normaliser().restore(in.doubles("normaliser"));
    state.best().normaliser().restore(in.doubles("best.normaliser"));
    restoreCounters(in.longs("counters"));
    rows.restore(in.rows(REPLAY, rows.width()), state.replay());
  }

  /** What a checkpoint must agree in. */
  private Map<String, String> descriptions() {
    Map<String, String> descriptions = new LinkedHashMap<>();
    descriptions.put("format", FORMAT);
    descriptions.put("networks", state.networks().description());
    descriptions.put("environment", state.environment());
    descriptions.put("settings", state.networks().settings.toString());
    return descriptions;
  }

  private Map<String, Floats> floats() {
    ActorCritic n = state.networks();
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
}
