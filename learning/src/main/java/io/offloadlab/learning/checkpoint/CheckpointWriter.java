package io.offloadlab.learning.checkpoint;

import io.offloadlab.weights.Dtype;
import io.offloadlab.weights.SafeTensorsWriter;
import io.offloadlab.weights.StoredTensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Gathers a training's state and writes it as one safetensors file, in one step: a reader finds the
 * old file or the whole new one.
 */
public final class CheckpointWriter {
  private final Map<String, String> descriptions = new LinkedHashMap<>();
  private final List<StoredTensor> tensors = new ArrayList<>();

  /**
   * Describes what the state belongs to, for {@link CheckpointReader#expect}.
   *
   * @param what such as {@code networks}
   * @param value compared as text
   */
  public CheckpointWriter describe(String what, String value) {
    descriptions.put(what, value);
    return this;
  }

  /** Adds a vector. */
  public CheckpointWriter floats(String name, float[] values) {
    tensors.add(StoredTensor.of(name, List.of(values.length), values));
    return this;
  }

  /**
   * Adds a matrix; one without rows is left out.
   *
   * @param width numbers in a row
   * @param values row by row
   */
  public CheckpointWriter rows(String name, int width, float[] values) {
    if (values.length > 0) {
      tensors.add(StoredTensor.of(name, List.of(values.length / width, width), values));
    }
    return this;
  }

  /** Adds whole numbers. */
  public CheckpointWriter longs(String name, long[] values) {
    ByteBuffer bytes = ByteBuffer.allocate(values.length * Long.BYTES);
    bytes.order(ByteOrder.LITTLE_ENDIAN).asLongBuffer().put(values);
    tensors.add(new StoredTensor(name, Dtype.I64, List.of(values.length), bytes));
    return this;
  }

  /** Adds doubles, by their bits. */
  public CheckpointWriter doubles(String name, double[] values) {
    long[] bits = new long[values.length];
    for (int i = 0; i < bits.length; i++) {
      bits[i] = Double.doubleToRawLongBits(values[i]);
    }
    return longs(name, bits);
  }

  /**
   * Writes the file, replacing one that is there.
   *
   * @throws io.offloadlab.failure.RunFailure if it cannot be written
   */
  public void write(Path file) {
    SafeTensorsWriter.write(file, descriptions, tensors);
  }
}
