package io.offloadlab.weights;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.offloadlab.failure.RunFailure;
import io.offloadlab.files.Reasons;
import io.offloadlab.files.WholeFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Writes tensors as safetensors; the same tensors in the same order give the same bytes. */
public final class SafeTensorsWriter {
  private static final JsonMapper JSON = new JsonMapper();

  /** The format wants tensors to begin at a multiple of eight bytes. */
  private static final int ALIGNMENT = 8;

  private SafeTensorsWriter() {}

  /**
   * The bytes of a safetensors file.
   *
   * @param metadata free-form strings; none is written if it is empty
   * @param tensors in the order in which they are laid out
   * @throws IllegalArgumentException if two tensors have one name, or together more than 2 GiB
   */
  public static ByteBuffer write(Map<String, String> metadata, Collection<StoredTensor> tensors) {
    byte[] header = header(metadata, tensors);
    long size =
        Long.BYTES + header.length + tensors.stream().mapToLong(t -> t.data().remaining()).sum();
    if (size > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "%d bytes of tensors exceed 2 GiB", size));
    }
    ByteBuffer out = ByteBuffer.allocate((int) size).order(ByteOrder.LITTLE_ENDIAN);
    out.putLong(header.length).put(header);
    tensors.forEach(t -> out.put(t.data()));
    return out.flip();
  }

  /**
   * Writes a file, replacing one that is there; a reader sees the old file or the whole new one.
   *
   * @throws RunFailure if it cannot be written
   */
  public static void write(
      Path file, Map<String, String> metadata, Collection<StoredTensor> tensors) {
    ByteBuffer bytes = write(metadata, tensors);
    try {
      WholeFile.write(file, out -> Channels.newChannel(out).write(bytes));
    } catch (IOException e) {
      throw new RunFailure("%s: cannot be written (%s)".formatted(file, Reasons.of(e)), e);
    }
  }

  private static byte[] header(Map<String, String> metadata, Collection<StoredTensor> tensors) {
    ObjectNode root = JSON.createObjectNode();
    if (!metadata.isEmpty()) {
      ObjectNode strings = root.putObject(Header.METADATA);
      metadata.forEach(strings::put);
    }
    long offset = 0;
    for (StoredTensor t : tensors) {
      if (root.has(t.name())) {
        throw new IllegalArgumentException("two tensors are named '%s'".formatted(t.name()));
      }
      long end = offset + t.data().remaining();
      ObjectNode entry = root.putObject(t.name()).put("dtype", t.dtype().name());
      entry.set("shape", JSON.valueToTree(t.shape()));
      entry.set("data_offsets", JSON.valueToTree(List.of(offset, end)));
      offset = end;
    }
    try {
      String json = JSON.writeValueAsString(root);
      int unpadded = json.getBytes(StandardCharsets.UTF_8).length;
      String padding = " ".repeat(Math.floorMod(-unpadded, ALIGNMENT));
      return (json + padding).getBytes(StandardCharsets.UTF_8);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree of strings and numbers is always JSON", e);
    }
  }
}
