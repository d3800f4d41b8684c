package io.offloadlab.ddpg.agent;

import io.offloadlab.learning.rl.BoxActions;
import io.offloadlab.learning.rl.ContinuousEnvironment;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.deeplearning4j.rl4j.environment.Schema;
import org.deeplearning4j.rl4j.environment.StepResult;

/**
 * Pendulum-v1: swing a pole up with a motor too weak to lift it at once, and hold it there.
 * Dynamics and constants as published with OpenAI Gym (classic control) and kept by Gymnasium;
 * episodes of 200 steps.
 */
final class Pendulum implements ContinuousEnvironment {
  static final int EPISODE_STEPS = 200;
  private static final double MAX_SPEED = 8;
  private static final double MAX_TORQUE = 2;
  private static final double DT = 0.05;
  private static final double GRAVITY = 10;

  private final RandomGenerator random;
  private double angle;
  private double speed;

  Pendulum(RandomGenerator random) {
    this.random = random;
  }

  @Override
  public Schema<double[]> getSchema() {
    return new Schema<>(new BoxActions(1, random));
  }

  @Override
  public Map<String, Object> reset() {
    angle = random.nextDouble(-Math.PI, Math.PI);
    speed = random.nextDouble(-1, 1);
    return ContinuousEnvironment.channels(observation());
  }

  @Override
  public StepResult step(double[] action) {
    double torque = MAX_TORQUE * Math.max(-1, Math.min(1, action[0]));
    double off = angle - 2 * Math.PI * Math.floor((angle + Math.PI) / (2 * Math.PI));
    double cost = off * off + 0.1 * speed * speed + 0.001 * torque * torque;
    speed += (3 * GRAVITY / 2 * Math.sin(angle) + 3 * torque) * DT;
    speed = Math.max(-MAX_SPEED, Math.min(MAX_SPEED, speed));
    angle += speed * DT;
    return new StepResult(ContinuousEnvironment.channels(observation()), -cost, false);
  }

  private double[] observation() {
    return new double[] {Math.cos(angle), Math.sin(angle), speed};
  }

  @Override
  public boolean isEpisodeFinished() {
    return false;
  }

  @Override
  public int observationSize() {
    return 3;
  }

  @Override
  public String description() {
    return "Pendulum-v1";
  }

  @Override
  public void close() {}
}
