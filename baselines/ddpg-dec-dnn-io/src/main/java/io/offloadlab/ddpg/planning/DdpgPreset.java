package io.offloadlab.ddpg.planning;

import io.offloadlab.ddpg.agent.DdpgSettings;
import io.offloadlab.ddpg.environment.ActionDecoder;
import io.offloadlab.ddpg.environment.Objective;
import io.offloadlab.document.Document;
import io.offloadlab.failure.UsageError;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Hyper-parameters of DEC-DNN-IO, as in a YAML file.
 *
 * @param objective what plans are worth: {@code latency} or {@code ipla}
 * @param decoder what actions mean
 * @param greedySteps steps of the greedy policy from the start state, after which its plan is taken
 * @param skipHopeless whether no agent is trained for a tuple of exits whose bound is not above the
 *     worth already learned for another; changes the time, never which plan wins
 * @param agent hyper-parameters of the agent, offline
 * @param reoptimisation length of the training when the system has changed
 */
public record DdpgPreset(
    String objective,
    ActionDecoder decoder,
    int greedySteps,
    boolean skipHopeless,
    DdpgSettings agent,
    Reoptimisation reoptimisation) {
  /**
   * Length of the training when the system has changed.
   *
   * @param warmStart whether to go on from the networks learned so far, or to start afresh
   * @param episodes at most
   * @param episodeSteps length of an episode
   */
  public record Reoptimisation(boolean warmStart, int episodes, int episodeSteps) {}

  /** Refuses objectives that there are not. */
  public DdpgPreset {
    objective = Objective.named(objective).toString();
  }

  /** The same for another objective. */
  public DdpgPreset rewarding(Objective other) {
    return new DdpgPreset(
        other.toString(), decoder, greedySteps, skipHopeless, agent, reoptimisation);
  }

  /** What plans are worth. */
  public Objective reward() {
    return Objective.named(objective);
  }

  /** Names of the presets that come with the strategy, the usual one first. */
  public static final List<String> BUILT_IN = List.of("default", "published");

  /**
   * A preset by name ({@code default}, {@code published}) or from a YAML file.
   *
   * @throws UsageError if there is none, or it does not hold what a preset must
   */
  public static DdpgPreset load(String nameOrFile) {
    try (InputStream builtIn =
        DdpgPreset.class.getResourceAsStream("presets/" + nameOrFile + ".yaml")) {
      if (builtIn != null) {
        return Document.builtIn(nameOrFile, builtIn).asWhole(DdpgPreset.class);
      }
    } catch (IOException e) {
      throw new IllegalStateException("preset '%s' cannot be read".formatted(nameOrFile), e);
    }
    Path file = Path.of(nameOrFile);
    if (!Files.isReadable(file)) {
      throw UsageError.unknown("preset", nameOrFile, BUILT_IN, "or a readable YAML file");
    }
    return Document.read(file).asWhole(DdpgPreset.class);
  }
}
