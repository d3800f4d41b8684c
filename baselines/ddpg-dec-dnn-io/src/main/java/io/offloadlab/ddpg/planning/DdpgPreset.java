package io.offloadlab.ddpg.planning;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.offloadlab.ddpg.agent.DdpgSettings;
import io.offloadlab.ddpg.environment.ActionDecoder;
import io.offloadlab.failure.RunFailure;
import io.offloadlab.failure.UsageError;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Hyper-parameters of DEC-DNN-IO, as in a YAML file.
 *
 * @param decoder what actions mean
 * @param greedySteps steps of the greedy policy from the start state, after which its plan is taken
 * @param skipHopeless whether no agent is trained for a tuple of exits whose bound is not above the
 *     IPLA already learned for another; changes the time, never which plan wins
 * @param agent hyper-parameters of the agent, offline
 * @param reoptimisation length of the training when the system has changed
 */
public record DdpgPreset(
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

  /** Names of the presets that come with the strategy, the usual one first. */
  public static final List<String> BUILT_IN = List.of("default", "published");

  private static final YAMLMapper YAML =
      YAMLMapper.builder().enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES).build();

  /**
   * A preset by name ({@code default}, {@code published}) or from a YAML file.
   *
   * @throws UsageError if there is none
   * @throws RunFailure if it does not hold what a preset must
   */
  public static DdpgPreset load(String nameOrFile) {
    try (InputStream builtIn =
        DdpgPreset.class.getResourceAsStream("presets/" + nameOrFile + ".yaml")) {
      if (builtIn != null) {
        return parse(new String(builtIn.readAllBytes(), StandardCharsets.UTF_8), nameOrFile);
      }
      Path file = Path.of(nameOrFile);
      if (!Files.isReadable(file)) {
        throw UsageError.unknown("preset", nameOrFile, BUILT_IN, "or a readable YAML file");
      }
      return parse(Files.readString(file), nameOrFile);
    } catch (IOException e) {
      throw new RunFailure(
          "preset %s cannot be read (%s)".formatted(nameOrFile, e.getMessage()), e);
    }
  }

  private static DdpgPreset parse(String text, String source) {
    try {
      return YAML.readValue(text, DdpgPreset.class);
    } catch (JsonProcessingException e) {
      throw new RunFailure(
          "preset %s: %s".formatted(source, e.getOriginalMessage().lines().findFirst().orElse("")),
          e);
    }
  }
}
