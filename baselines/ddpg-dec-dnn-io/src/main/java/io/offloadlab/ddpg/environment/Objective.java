package io.offloadlab.ddpg.environment;

import io.offloadlab.failure.UsageError;
import java.util.List;

/** What agents are rewarded for, among plans whose exits are accurate enough. */
public enum Objective {
  /** Least mean latency: what the accuracy threshold means for every strategy. */
  LATENCY("latency", 0),
  /** Inference performance of latency and accuracy, as published. */
  IPLA("ipla", 1);

  /** As they are written, the usual one first. */
  public static final List<String> WORDS = List.of(LATENCY.word, IPLA.word);

  private final String word;
  private final double weight;

  Objective(String word, double weight) {
    this.word = word;
    this.weight = weight;
  }

  /**
   * An objective as it is written.
   *
   * @throws UsageError if it is none
   */
  public static Objective named(String word) {
    return switch (word) {
      case "latency" -> LATENCY;
      case "ipla" -> IPLA;
      default -> throw UsageError.unknown("objective", word, WORDS);
    };
  }

  /**
   * What a plan is worth.
   *
   * @param accuracy mean over the devices, in 0..1
   * @param latency mean over the devices, in units of T_max
   */
  double worth(double accuracy, double latency) {
    return weight * accuracy - latency;
  }

  @Override
  public String toString() {
    return word;
  }
}
