package io.offloadlab.learning.rl;

import org.deeplearning4j.rl4j.agent.Agent;
import org.deeplearning4j.rl4j.agent.listener.AgentListener;
import org.deeplearning4j.rl4j.environment.StepResult;
import org.deeplearning4j.rl4j.observation.Observation;

/** RL4J's listener for those who care for whole episodes only. */
public interface EpisodeListener extends AgentListener<double[]> {
  @Override
  @SuppressWarnings("rawtypes") // RL4J's signature, here and below
  default ListenerResponse onBeforeEpisode(Agent agent) {
    return ListenerResponse.CONTINUE;
  }

  @Override
  @SuppressWarnings("rawtypes")
  default ListenerResponse onBeforeStep(Agent agent, Observation observation, double[] action) {
    return ListenerResponse.CONTINUE;
  }

  @Override
  @SuppressWarnings("rawtypes")
  default ListenerResponse onAfterStep(Agent agent, StepResult result) {
    return ListenerResponse.CONTINUE;
  }
}
