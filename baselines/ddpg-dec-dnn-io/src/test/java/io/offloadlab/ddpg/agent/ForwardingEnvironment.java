package io.offloadlab.ddpg.agent;

import io.offloadlab.learning.rl.ContinuousEnvironment;
import java.util.Map;
import org.deeplearning4j.rl4j.environment.Schema;
import org.deeplearning4j.rl4j.environment.StepResult;

/** Another environment, to change one thing about it. */
abstract class ForwardingEnvironment implements ContinuousEnvironment {
  private final ContinuousEnvironment real;

  ForwardingEnvironment(ContinuousEnvironment real) {
    this.real = real;
  }

  @Override
  public Schema<double[]> getSchema() {
    return real.getSchema();
  }

  @Override
  public Map<String, Object> reset() {
    return real.reset();
  }

  @Override
  public StepResult step(double[] action) {
    return real.step(action);
  }

  @Override
  public boolean isEpisodeFinished() {
    return real.isEpisodeFinished();
  }

  @Override
  public int observationSize() {
    return real.observationSize();
  }

  @Override
  public String description() {
    return real.description();
  }

  @Override
  public void close() {
    real.close();
  }
}
