package io.offloadlab.document;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.type.LogicalType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * JSON that means what it says: no number is cut to a whole one, no key is there twice, no empty
 * text stands for a value and no null for one in a list, and nothing follows the end.
 */
public final class StrictJson {
  private StrictJson() {}

  /** A mapper with these rules, to add to. */
  public static JsonMapper.Builder mapper() {
    return JsonMapper.builder()
        .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
        .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
        .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
        .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
        .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
        .withCoercionConfigDefaults(
            c ->
                c.setCoercion(CoercionInputShape.EmptyString, CoercionAction.Fail)
                    .setCoercion(CoercionInputShape.Float, CoercionAction.Fail))
        .withCoercionConfig(
            LogicalType.Float,
            // Rates of unshaped links are "Infinity", as Jackson writes it.
            c -> c.setCoercion(CoercionInputShape.Float, CoercionAction.TryConvert))
        .defaultSetterInfo(JsonSetter.Value.forContentNulls(Nulls.FAIL));
  }

  /**
   * Bytes of a file that is no longer than it can be.
   *
   * @param most bytes
   * @throws java.nio.file.NoSuchFileException if it is not there
   * @throws IOException if it cannot be read; the message says why when it is a folder or too long
   */
  public static byte[] bytes(Path file, long most) throws IOException {
    if (Files.isDirectory(file)) {
      throw new IOException("it is a folder, expected a file");
    }
    try (var in = Files.newInputStream(file)) {
      // Not by the file's size: a pipe or a device has none.
      byte[] bytes = in.readNBytes((int) most + 1);
      if (bytes.length > most) {
        throw new IOException(String.format(Locale.ROOT, "it is longer than %d KiB", most >> 10));
      }
      return bytes;
    }
  }

  /**
   * What is wrong with a text: line, key, value and what was expected, as far as they are known.
   */
  public static String explain(JsonProcessingException e) {
    String where =
        e.getLocation() == null || e.getLocation().getLineNr() < 1
            ? ""
            : String.format(Locale.ROOT, "line %d: ", e.getLocation().getLineNr());
    return where + Complaint.of(e, path -> "");
  }
}
