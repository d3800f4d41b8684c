package io.offloadlab.weights;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.offloadlab.failure.RunFailure;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

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

  /** A tensor's place; {@code dtype} as written. */
  private record Entry(String name, String dtype, List<Long> shape, long begin, long end) {}

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
    JsonNode root = read(decoded(json));
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
    Map<String, String> foreign = new LinkedHashMap<>();
    int start = bytes.position();
    for (Entry e : entries) {
      Optional<Dtype> dtype = Dtype.named(e.dtype);
      if (dtype.isPresent()) {
        ByteBuffer data = bytes.slice(start + (int) e.begin, (int) (e.end - e.begin));
        List<Integer> shape = e.shape.stream().map(Math::toIntExact).toList();
        tensors.put(e.name, new StoredTensor(e.name, dtype.get(), shape, data));
      } else {
        foreign.put(e.name, e.dtype);
      }
    }
    return new SafeTensors(source, metadata, tensors, foreign);
  }

  /** The format wants UTF-8; a parser left to guess would take some bytes for UTF-16 or UTF-32. */
  private String decoded(byte[] json) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(json)).toString();
    } catch (CharacterCodingException e) {
      throw new RunFailure("%s has a corrupt header (it is not UTF-8)".formatted(source), e);
    }
  }

  private JsonNode read(String json) {
    try {
      JsonNode root = JSON.readTree(json);
      if (!root.isObject()) {
        throw wrong("has a header that is not a JSON object");
      }
      return root;
    } catch (JsonProcessingException e) {
      throw wrong(
          "has a corrupt header (%s)"
              .formatted(e.getOriginalMessage().lines().findFirst().orElse("empty")));
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
    String dtype = node.path("dtype").asText("");
    if (dtype.isEmpty()) {
      throw wrong("has tensor '%s' without a dtype".formatted(name));
    }
    List<Long> shape = Arrays.stream(numbers(name, "shape", node)).boxed().toList();
    long[] offsets = numbers(name, "data_offsets", node);
    if (offsets.length != 2 || offsets[0] > offsets[1]) {
      throw wrong("has tensor '%s' with data_offsets %s".formatted(name, Arrays.toString(offsets)));
    }
    Optional<Dtype> read = Dtype.named(dtype);
    if (read.isPresent()) {
      for (long extent : shape) {
        if (extent > Integer.MAX_VALUE) {
          throw wrong(
              String.format(Locale.ROOT, "has tensor '%s' with an extent of %d", name, extent));
        }
      }
    }
    OptionalInt bits =
        read.map(d -> OptionalInt.of(Byte.SIZE * d.bytes())).orElse(ForeignDtypes.bits(dtype));
    if (bits.isPresent()) {
      long size = size(name, bits.getAsInt(), shape);
      if (offsets[1] - offsets[0] != size) {
        throw wrong(
            String.format(
                Locale.ROOT,
                "has tensor '%s' with %d bytes, but %s %s needs %d",
                name,
                offsets[1] - offsets[0],
                dtype,
                shape,
                size));
      }
    }
    return new Entry(name, dtype, shape, offsets[0], offsets[1]);
  }

  /** Bytes, whole ones. */
  private long size(String name, int bits, List<Long> shape) {
    try {
      long elements = shape.stream().reduce(1L, Math::multiplyExact);
      long total = Math.multiplyExact(elements, bits);
      return total / Byte.SIZE + (total % Byte.SIZE == 0 ? 0 : 1);
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
