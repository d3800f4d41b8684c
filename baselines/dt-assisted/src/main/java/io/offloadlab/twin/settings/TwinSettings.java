package io.offloadlab.twin.settings;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.KebabCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.offloadlab.document.Document;
import io.offloadlab.failure.UsageError;
import io.offloadlab.twin.decision.EnergyModel;
import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Everything that can be set: a preset's YAML file, see {@code default.yaml} and {@code
 * published.yaml}.
 *
 * @param objective what decisions make as good as they can; the three weights below are those of
 *     {@link Objective#UTILITY}
 * @param alpha seconds that one unit of accuracy is worth
 * @param alphaGain by how much alpha grows per unit of accuracy that the stream lacks
 * @param beta seconds that one joule is worth
 * @param energy powers of a device
 * @param hidden sizes of ContValueNet's hidden layers
 * @param learningRate of Adam
 * @param minibatch samples per gradient step
 * @param replay samples that are kept
 * @param trainEvery tasks between gradient steps
 * @param lookahead whether the network corrects a prediction that knows the queues, and sees them
 *     too; else it sees boundary, D_lq and T_eq alone, as published
 * @param askAtArrival whether a task may upload before its turn; else it waits for the device
 *     first, as published
 * @param congestion whether an upload is charged for the delay that it causes to others
 * @param hindsight whether the network's output counts only as far as the workload twin has borne
 *     it out; else in full, as published
 * @param augment whether the workload twin adds what other decisions would have led to
 * @param statusTwin whether a device's progress is predicted instead of signalled
 * @param prune whether decisions that are never best are left out
 * @param exploration probability of a random decision, needed only without augmentation
 */
@JsonNaming(KebabCaseStrategy.class)
public record TwinSettings(
    Objective objective,
    double alpha,
    double alphaGain,
    double beta,
    EnergyModel energy,
    List<Integer> hidden,
    double learningRate,
    int minibatch,
    int replay,
    int trainEvery,
    boolean lookahead,
    boolean askAtArrival,
    boolean congestion,
    boolean hindsight,
    boolean augment,
    boolean statusTwin,
    boolean prune,
    double exploration) {
  /** Names of the presets. */
  public static final List<String> PRESETS = List.of("default", "published");

  /**
   * @throws IllegalArgumentException if a value is out of range
   */
  public TwinSettings {
    // Checkpoints of before there was a choice.
    objective = objective == null ? Objective.UTILITY : objective;
    hidden = List.copyOf(hidden);
    if (!(alpha >= 0 && beta >= 0 && alphaGain >= 0)) {
      throw new IllegalArgumentException(
          "weights are 0 or more, not alpha %s, beta %s, alpha-gain %s"
              .formatted(alpha, beta, alphaGain));
    }
    if (!(learningRate > 0) || minibatch < 1 || replay < minibatch || trainEvery < 1) {
      throw new IllegalArgumentException(
          "learning needs a positive learning-rate, minibatch and train-every, and a replay of at least a minibatch");
    }
    if (!(exploration >= 0 && exploration <= 1)) {
      throw new IllegalArgumentException("exploration is in 0..1, not " + exploration);
    }
  }

  /** Seconds that accuracy 1 adds to what a task is worth; 0 where the threshold alone counts. */
  public double accuracyWeight() {
    return objective == Objective.UTILITY ? alpha : 0;
  }

  /** Seconds that a joule takes from what a task is worth. */
  public double jouleWeight() {
    return objective == Objective.UTILITY ? beta : 0;
  }

  /** The settings that give a learned network's numbers their meaning, by name. */
  public Map<String, Object> meaning() {
    Map<String, Object> meaning = new LinkedHashMap<>();
    meaning.put("objective", objective);
    meaning.put("alpha", accuracyWeight());
    meaning.put("beta", jouleWeight());
    meaning.put("energy", energy);
    meaning.put("hidden", hidden);
    meaning.put("lookahead", lookahead);
    meaning.put("ask-at-arrival", askAtArrival);
    meaning.put("congestion", congestion);
    return meaning;
  }

  /** The same, but nothing is learned any more and nothing tried out. */
  public TwinSettings frozen() {
    return new TwinSettings(
        objective,
        alpha,
        alphaGain,
        beta,
        energy,
        hidden,
        learningRate,
        minibatch,
        replay,
        Integer.MAX_VALUE,
        lookahead,
        askAtArrival,
        congestion,
        hindsight,
        augment,
        statusTwin,
        prune,
        0);
  }

  /**
   * A preset.
   *
   * @param name one of {@link #PRESETS}
   */
  public static TwinSettings preset(String name) {
    return with(name, Map.of());
  }

  /**
   * A preset with single values replaced.
   *
   * @param preset one of {@link #PRESETS}
   * @param values by name as in the YAML file
   * @throws UsageError if a value is not understood or they do not go together
   */
  public static TwinSettings with(String preset, Map<String, String> values) {
    try (InputStream in = TwinSettings.class.getResourceAsStream(preset + ".yaml")) {
      return Document.builtIn("preset " + preset, in).with(values).asWhole(TwinSettings.class);
    } catch (UsageError e) {
      throw new UsageError(
          "settings %s do not go together: %s".formatted(values, e.getMessage()), e);
    } catch (IOException e) {
      throw new IllegalStateException("preset '%s' cannot be read".formatted(preset), e);
    }
  }
}
