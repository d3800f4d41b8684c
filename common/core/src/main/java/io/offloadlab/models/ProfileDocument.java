package io.offloadlab.models;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.offloadlab.failure.RunFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A {@code profile.json}: what it was measured of, and the figures on all test images and on each
 * half.
 *
 * @param format version of its form; 1 for those of before there were versions
 * @param ties what it was measured of; empty if it does not say so, as some of format 1
 * @param all figures on all test images that were used
 * @param selection the same on the images of {@link ImageHalf#SELECTION}; empty if it was not
 *     measured in halves
 * @param report the same on the images of {@link ImageHalf#REPORT}
 * @param exitFigures SHA-256 of the file of what the exits say of single images; empty if there is
 *     none
 */
public record ProfileDocument(
    int format,
    Optional<ProfileTies> ties,
    ModelProfile all,
    Optional<ModelProfile> selection,
    Optional<ModelProfile> report,
    Optional<String> exitFigures) {
  /** The version that is written. */
  public static final int FORMAT = 2;

  /** Names of the parts of the file that are not figures. */
  public static final String VERSION_FIELD = "format";

  /** As {@link #VERSION_FIELD}. */
  public static final String TIES_FIELD = "belongs_to";

  /** As {@link #VERSION_FIELD}. */
  public static final String EXIT_FIGURES_FIELD = "per_image";

  private static final long MOST_BYTES = 64L << 20;
  private static final JsonMapper JSON = new JsonMapper();

  /**
   * Reads a file.
   *
   * @throws RunFailure if it is missing, corrupt or of a later version
   */
  static ProfileDocument read(Path file) {
    try {
      if (Files.size(file) > MOST_BYTES) {
        throw new RunFailure(
            String.format(
                Locale.ROOT, "%s: has %d bytes, more than a profile has", file, Files.size(file)));
      }
      return parse(file, JSON.readTree(Files.readAllBytes(file)));
    } catch (NoSuchFileException e) {
      throw new RunFailure("%s: there is no such profile".formatted(file), e);
    } catch (JsonMappingException e) {
      throw new RunFailure("%s: is not a model's profile (%s)".formatted(file, misplaced(e)), e);
    } catch (JsonProcessingException e) {
      throw new RunFailure(
          "%s: is not a model's profile (%s)"
              .formatted(file, e.getOriginalMessage().lines().findFirst().orElse("empty")),
          e);
    } catch (IOException e) {
      throw new RunFailure("%s: cannot be read (%s)".formatted(file, e.getMessage()), e);
    }
  }

  private static String misplaced(JsonMappingException e) {
    String where =
        e.getPath().stream()
            .map(
                r ->
                    r.getFieldName() == null
                        ? String.format(Locale.ROOT, "[%d]", r.getIndex())
                        : r.getFieldName())
            .collect(Collectors.joining("."));
    return where.isEmpty()
        ? "it is no object of such figures"
        : "%s is not what is expected there".formatted(where);
  }

  private static ProfileDocument parse(Path file, JsonNode root) throws IOException {
    JsonNode version = root.path(VERSION_FIELD);
    if (!version.isMissingNode() && !version.isInt()) {
      throw new RunFailure("%s: has no number as its %s".formatted(file, VERSION_FIELD));
    }
    int format = version.asInt(1);
    if (format > FORMAT) {
      throw new RunFailure(
          String.format(
              Locale.ROOT,
              "%s: is of format %d, but this OffloadLab reads up to %d: update it, or measure again with bin/legodnn profile",
              file,
              format,
              FORMAT));
    }
    Optional<ProfileTies> ties =
        root.has(TIES_FIELD)
            ? Optional.ofNullable(JSON.treeToValue(root.get(TIES_FIELD), ProfileTies.class))
            : ofProvenance(root);
    if (format >= FORMAT && ties.isEmpty()) {
      throw new RunFailure(
          String.format(Locale.ROOT, "%s: is of format %d but lacks %s", file, format, TIES_FIELD));
    }
    return new ProfileDocument(
        format,
        ties,
        figures(file, root),
        half(file, root, ImageHalf.SELECTION),
        half(file, root, ImageHalf.REPORT),
        Optional.ofNullable(root.path(EXIT_FIGURES_FIELD).path("sha256").textValue()));
  }

  /** Profiles of format 1 that were measured here have the checksums, but not the network. */
  private static Optional<ProfileTies> ofProvenance(JsonNode root) {
    Map<String, String> weights = new TreeMap<>();
    for (String file : List.of(ModelDirectory.BACKBONE, ModelDirectory.BLOCKS)) {
      String sha256 = root.path("provenance").path(file + " sha256").textValue();
      if (sha256 != null) {
        weights.put(file, sha256);
      }
    }
    return weights.isEmpty()
        ? Optional.empty()
        : Optional.of(new ProfileTies(root.path("dataset").asText(""), Map.of(), weights));
  }

  private static Optional<ModelProfile> half(Path file, JsonNode root, ImageHalf half)
      throws IOException {
    JsonNode figures = root.path(half.toString());
    return figures.isObject() ? Optional.of(figures(file, figures)) : Optional.empty();
  }

  private static ModelProfile figures(Path file, JsonNode node) throws IOException {
    ModelProfile profile = JSON.treeToValue(node, ModelProfile.class);
    if (profile == null || profile.exits() == null || profile.exits().isEmpty()) {
      throw new RunFailure("%s: names no exits, so it is not a model's profile".formatted(file));
    }
    profile
        .exits()
        .forEach(
            (exit, measured) -> {
              if (measured == null || !(measured.accuracy() >= 0 && measured.accuracy() <= 1)) {
                throw new RunFailure(
                    "%s: has no accuracy from 0 to 1 for %s".formatted(file, exit));
              }
            });
    return profile;
  }

  /** Whether choices can be made on one half and reported on the other. */
  public boolean isInHalves() {
    return selection.isPresent() && report.isPresent();
  }

  /**
   * The figures to choose by: those of the selection images, or of all where there are no halves.
   */
  public ModelProfile choosing() {
    return isInHalves() ? selection.orElseThrow() : all;
  }

  /** The figures on a half; empty if it was not measured in halves. */
  public Optional<ModelProfile> on(ImageHalf half) {
    return half == ImageHalf.SELECTION ? selection : report;
  }

  /**
   * What to say of a profile that is not known to belong to the weights beside it.
   *
   * @param model where it lies
   */
  public Optional<String> warning(ModelDirectory model) {
    return ties.isPresent()
        ? Optional.empty()
        : Optional.of(
            "%s does not say which weights it was measured of; it is believed (bin/legodnn profile --stamp --dataset %s --weights %s ties it to those that are there)"
                .formatted(
                    model.path().resolve(ModelDirectory.PROFILE), model.dataset(), model.path()));
  }
}
