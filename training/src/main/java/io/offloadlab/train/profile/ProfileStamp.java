package io.offloadlab.train.profile;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.offloadlab.failure.RunFailure;
import io.offloadlab.models.ModelDirectory;
import io.offloadlab.models.ProfileDocument;
import io.offloadlab.models.ProfileTies;
import io.offloadlab.train.exits.MultiExitGraph;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Set;

/**
 * Ties a profile of before there were ties to the weights that lie beside it, on its user's word
 * and without measuring anything: it has no halves and nothing of single images afterwards either.
 */
public final class ProfileStamp {
  private static final JsonMapper JSON = new JsonMapper();

  private ProfileStamp() {}

  /**
   * Rewrites the profile.
   *
   * @return what was done, for a person to read
   * @throws RunFailure if the profile is missing, of another data set or other exits than the
   *     weights, or tied to other weights already
   */
  public static String stamp(ModelDirectory model) {
    Path file = model.path().resolve(ModelDirectory.PROFILE);
    ProfileDocument profile = model.measured();
    if (profile.ties().isPresent()) {
      return "%s is tied to these weights already".formatted(file);
    }
    Set<String> exits = profile.all().exits().keySet();
    MultiExitGraph graph = ProfileRun.graph(model);
    if (!exits.equals(Set.copyOf(graph.exits()))) {
      throw new RunFailure(
          "%s is of a network with the exits %s, but the weights beside it have %s"
              .formatted(file, exits, graph.exits()));
    }
    ProfileTies ties = ProfileTies.of(model);
    ObjectNode stamped = JSON.createObjectNode();
    stamped.put(ProfileDocument.VERSION_FIELD, ProfileDocument.FORMAT);
    stamped.set(ProfileDocument.TIES_FIELD, JSON.valueToTree(ties));
    stamped.put("stamped", LocalDate.now(ZoneOffset.UTC).toString());
    stamped.put(
        "stamped_note",
        "tied to the weights beside it without measuring again: there are no halves and no figures of single images");
    for (Map.Entry<String, JsonNode> field : read(file).properties()) {
      if (!field.getKey().equals(ProfileDocument.VERSION_FIELD)) {
        stamped.set(field.getKey(), field.getValue());
      }
    }
    ProfileFile.write(file, stamped);
    return "%s is tied to %s now".formatted(file, String.join(" and ", ties.weights().keySet()));
  }

  private static JsonNode read(Path file) {
    try {
      return JSON.readTree(file.toFile());
    } catch (IOException e) {
      throw new RunFailure("%s: cannot be read (%s)".formatted(file, e.getMessage()), e);
    }
  }
}
