package io.offloadlab.learning.rl;

import java.util.HashMap;
import java.util.Map;
import org.deeplearning4j.rl4j.environment.Environment;

/**
 * An RL4J environment with a vector of real numbers as observation and another as action.
 *
 * <p>{@link #reset} and {@link #step} return one channel, {@link #OBSERVATION}, a new {@code
 * double[observationSize()]}. Actions arrive as {@code double[actionSize()]}, each in [-1, 1] when
 * the settings bound them; the environment scales them to its own units. All of an environment's
 * randomness comes from the training's generator, so that a checkpoint covers it.
 */
public interface ContinuousEnvironment extends Environment<double[]> {
  /** The channel that observations come in. */
  String OBSERVATION = "observation";

  /** Numbers in an observation. */
  int observationSize();

  /** What this environment is, in one line: a checkpoint of another one is refused. */
  String description();

  /** Numbers in an action. */
  default int actionSize() {
    return getSchema().getActionSchema().getActionSpaceSize();
  }

  /** An observation as RL4J wants it: a map that its transforms may write to. */
  static Map<String, Object> channels(double[] observation) {
    Map<String, Object> channels = new HashMap<>();
    channels.put(OBSERVATION, observation);
    return channels;
  }
}
