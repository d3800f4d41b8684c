package io.offloadlab.weights;

import io.offloadlab.failure.RunFailure;
import io.offloadlab.files.Reasons;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * A safetensors file (Hugging Face's format: 8 bytes of little-endian header length, a JSON header,
 * then raw tensors without gaps), fully validated before the first tensor is handed out.
 *
 * <p>A file is mapped, not read: only the pages of the tensors that are used are ever loaded. The
 * map lives as long as any tensor of it is reachable.
 */
public final class SafeTensors {
  private final String source;
  private final Map<String, String> metadata;
  private final Map<String, StoredTensor> tensors;
  private final Map<String, String> foreign;

  /**
   * @param foreign written dtypes of the tensors that are passed over, by name
   */
  SafeTensors(
      String source,
      Map<String, String> metadata,
      Map<String, StoredTensor> tensors,
      Map<String, String> foreign) {
    this.source = source;
    this.metadata = Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
    this.tensors = Collections.unmodifiableMap(WrapperPrefix.without(tensors));
    this.foreign = Map.copyOf(foreign);
  }

  /**
   * Maps a file of at most 2 GiB.
   *
   * @throws RunFailure if it is missing, unreadable or not a valid safetensors file; the message
   *     names the file and what is wrong with it
   */
  public static SafeTensors open(Path file) {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      long size = channel.size();
      if (size > Integer.MAX_VALUE) {
        throw new RunFailure(
            String.format(
                Locale.ROOT,
                "%s: %d bytes are more than a weights file may have (2 GiB)",
                file,
                size));
      }
      return of(file.toString(), channel.map(FileChannel.MapMode.READ_ONLY, 0, size));
    } catch (NoSuchFileException e) {
      throw new RunFailure("%s: there is no such weights file".formatted(file), e);
    } catch (IOException e) {
      throw new RunFailure("%s: cannot be read (%s)".formatted(file, Reasons.of(e)), e);
    }
  }

  /**
   * A view of bytes that are already in memory.
   *
   * @param source what to call them in messages
   * @param bytes the whole file, from position to limit; not copied, so it must not change
   * @throws RunFailure if they are not valid safetensors
   */
  public static SafeTensors of(String source, ByteBuffer bytes) {
    return Header.parse(source, bytes.slice());
  }

  /** What to call it in messages: the file's path. */
  public String source() {
    return source;
  }

  /** The free-form strings of {@code __metadata__}; empty if there are none. */
  public Map<String, String> metadata() {
    return metadata;
  }

  /**
   * Names of all tensors whose dtype is read, in the order of the header. A prefix that PyTorch's
   * wrappers put before all weights ({@code module.} of DataParallel) is taken off.
   */
  public Set<String> names() {
    return tensors.keySet();
  }

  /**
   * A tensor by name.
   *
   * @throws RunFailure if there is none, or one of a dtype that is not read
   */
  public StoredTensor tensor(String name) {
    StoredTensor t = tensors.get(name);
    if (t != null) {
      return t;
    }
    if (foreign.containsKey(name)) {
      throw new RunFailure(
          "%s: tensor '%s' holds %s, which is not read; known are %s: convert it to F32"
              .formatted(source, name, foreign.get(name), Arrays.toString(Dtype.values())));
    }
    String remedy =
        tensors.keySet().stream()
            .filter(n -> n.endsWith("." + name))
            .findFirst()
            .map(
                n ->
                    "; there is '%s': take the prefix '%s' off all names"
                        .formatted(n, n.substring(0, n.length() - name.length())))
            .orElse("");
    throw new RunFailure("%s: tensor '%s' is missing%s".formatted(source, name, remedy));
  }

  /**
   * A tensor by name, of the shape that the network needs.
   *
   * @throws RunFailure if there is none or it has another shape
   */
  public StoredTensor tensor(String name, List<Integer> shape) {
    StoredTensor t = tensor(name);
    if (!t.shape().equals(shape)) {
      throw new RunFailure(
          "%s: tensor '%s' has shape %s, but the network needs %s"
              .formatted(source, name, t.shape(), shape));
    }
    return t;
  }

  /**
   * A tensor of a network's weights, to compute with.
   *
   * @return as F16 or F32
   * @throws RunFailure if there is none, it has another shape, or holds integers, NaN or values
   *     that are infinite as float32
   */
  public StoredTensor weights(String name, List<Integer> shape) {
    StoredTensor t = tensor(name, shape);
    if (!t.dtype().isFloating()) {
      throw new RunFailure(
          "%s: tensor '%s' holds %s, but weights are F16, BF16, F32 or F64"
              .formatted(source, name, t.dtype()));
    }
    if (!t.isFinite()) {
      throw new RunFailure(
          "%s: tensor '%s' holds values that are NaN or infinite: take the weights of an earlier epoch, or train again at a lower rate"
              .formatted(source, name));
    }
    return t.portable();
  }
}
