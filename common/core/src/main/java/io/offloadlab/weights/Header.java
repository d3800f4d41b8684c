package io.offloadlab.weights;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.offloadlab.failure.RunFailure;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The header of a safetensors file, parsed with the suspicion that bytes from a peer deserve. */
final class Header {
  static final String METADATA = "__metadata__";

  /** The reference implementation's own bound: no honest header is larger. */
  private static final long LARGEST = 100_000_000;

  private static final ObjectReader JSON =
      JsonMapper.builder()
          .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build()
          .readerFor(JsonNode.class);

  private record Entry(String name, Dtype dtype, List<Integer> shape, long begin, long end) {}

  private final String source;

  private Header(String source) {
    this.source = source;
  }

  static SafeTensors parse(String source, ByteBuffer bytes) {
    return new Header(source).parse(bytes);
  }

  private SafeTensors parse(ByteBuffer bytes) {
    if (bytes.remaining() < Long.BYTES) {
      throw wrong(
          String.format(
              Locale.ROOT, "has %d bytes, too few for a safetensors file", bytes.remaining()));
    }
    long length = bytes.order(ByteOrder.LITTLE_ENDIAN).getLong();
    if (length < 2 || length > LARGEST || length > bytes.remaining()) {
      throw wrong(
          String.format(
              Locale.ROOT,
              "says its header has %s bytes, but only %d follow (truncated, or not a safetensors file)",
              Long.toUnsignedString(length),
              bytes.remaining()));
    }
    byte[] json = new byte[(int) length];
    bytes.get(json);
    JsonNode root = read(json);
    List<Entry> entries = new ArrayList<>();
    Map<String, String> metadata = new LinkedHashMap<>();
    root.properties()
        .forEach(
            e -> {
              if (e.getKey().equals(METADATA)) {
                metadata.putAll(metadata(e.getValue()));
              } else {
                entries.add(entry(e.getKey(), e.getValue()));
              }
            });
    checkLayout(entries, bytes.remaining());
    Map<String, StoredTensor> tensors = new LinkedHashMap<>();
    int start = bytes.position();
    for (Entry e : entries) {
      ByteBuffer data = bytes.slice(start + (int) e.begin, (int) (e.end - e.begin));
      tensors.put(e.name, new StoredTensor(e.name, e.dtype, e.shape, data));
    }
    return new SafeTensors(source, metadata, tensors);
  }

  private JsonNode read(byte[] json) {
    try {
      JsonNode root = JSON.readTree(json);
      if (!root.isObject()) {
        throw wrong("has a header that is not a JSON object");
      }
      return root;
    } catch (JsonProcessingException e) {
      throw wrong("has a corrupt header (%s)".formatted(e.getOriginalMessage()));
    } catch (IOException e) {
      throw new IllegalStateException("reading from memory failed", e);
    }
  }

  private Map<String, String> metadata(JsonNode node) {
    Map<String, String> strings = new LinkedHashMap<>();
    if (!node.isObject()) {
      throw wrong("has '%s' that is not an object".formatted(METADATA));
    }
    node.properties()
        .forEach(
            e -> {
              if (!e.getValue().isTextual()) {
                throw wrong("has metadata '%s' that is not a string".formatted(e.getKey()));
              }
              strings.put(e.getKey(), e.getValue().textValue());
            });
    return strings;
  }

  private Entry entry(String name, JsonNode node) {
    String written = node.path("dtype").asText("");
    Dtype dtype =
        Dtype.named(written)
            .orElseThrow(
                () ->
                    wrong(
                        "has tensor '%s' of dtype '%s'; known are %s"
                            .formatted(name, written, Arrays.toString(Dtype.values()))));
    List<Integer> shape = new ArrayList<>();
    for (long extent : numbers(name, "shape", node)) {
      if (extent > Integer.MAX_VALUE) {
        throw wrong(
            String.format(Locale.ROOT, "has tensor '%s' with an extent of %d", name, extent));
      }
      shape.add((int) extent);
    }
    long[] offsets = numbers(name, "data_offsets", node);
    if (offsets.length != 2 || offsets[0] > offsets[1]) {
      throw wrong("has tensor '%s' with data_offsets %s".formatted(name, Arrays.toString(offsets)));
    }
    if (offsets[1] - offsets[0] != size(name, dtype, shape)) {
      throw wrong(
          String.format(
              Locale.ROOT,
              "has tensor '%s' with %d bytes, but %s %s needs %d",
              name,
              offsets[1] - offsets[0],
              dtype,
              shape,
              size(name, dtype, shape)));
    }
    return new Entry(name, dtype, shape, offsets[0], offsets[1]);
  }

  private long size(String name, Dtype dtype, List<Integer> shape) {
    try {
      return StoredTensor.bytes(dtype, shape);
    } catch (ArithmeticException e) {
      throw wrong("has tensor '%s' with the impossible shape %s".formatted(name, shape));
    }
  }

  private long[] numbers(String name, String field, JsonNode node) {
    JsonNode array = node.path(field);
    boolean good = array.isArray();
    for (JsonNode n : array) {
      good &= n.isIntegralNumber() && n.canConvertToLong() && n.longValue() >= 0;
    }
    if (!good) {
      throw wrong(
          "has tensor '%s' whose %s is %s, not a list of whole numbers"
              .formatted(name, field, array.isMissingNode() ? "missing" : "wrong"));
    }
    long[] numbers = new long[array.size()];
    Arrays.setAll(numbers, i -> array.get(i).longValue());
    return numbers;
  }

  private void checkLayout(List<Entry> entries, int available) {
    List<Entry> ordered = new ArrayList<>(entries);
    ordered.sort(Comparator.comparingLong(Entry::begin).thenComparingLong(Entry::end));
    long end = 0;
    for (Entry e : ordered) {
      if (e.begin != end) {
        throw wrong(
            String.format(
                Locale.ROOT,
                "has tensor '%s' at offset %d, where %d was expected (tensors %s)",
                e.name,
                e.begin,
                end,
                e.begin < end ? "overlap" : "leave a gap"));
      }
      end = e.end;
    }
    if (end != available) {
      throw wrong(
          String.format(
              Locale.ROOT,
              "holds %d bytes of tensors, but its header describes %d (%s)",
              available,
              end,
              end > available ? "truncated" : "something is appended"));
    }
  }

  private RunFailure wrong(String what) {
    return new RunFailure("%s %s".formatted(source, what));
  }
}
