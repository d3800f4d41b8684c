package io.offloadlab.twin.settings;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/** What decisions make as good as they can. */
public enum Objective {
  /** Least mean latency of those whose mean accuracy is at least the threshold. */
  @JsonProperty("latency")
  LATENCY,
  /** Latency, accuracy and energy weighed against each other by fixed weights, as published. */
  @JsonProperty("utility")
  UTILITY;

  /** As they are written. */
  public static final List<String> WORDS = List.of("latency", "utility");
}
