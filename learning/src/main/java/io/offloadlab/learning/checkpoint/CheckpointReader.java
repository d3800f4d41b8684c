package io.offloadlab.learning.checkpoint;

import io.offloadlab.failure.RunFailure;
import io.offloadlab.weights.SafeTensors;
import io.offloadlab.weights.StoredTensor;
import java.nio.LongBuffer;
import java.nio.file.Path;
import java.util.List;

/** Reads what a {@link CheckpointWriter} wrote. */
public final class CheckpointReader {
  private final Path file;
  private final SafeTensors saved;

  private CheckpointReader(Path file, SafeTensors saved) {
    this.file = file;
    this.saved = saved;
  }

  /**
   * Opens a file.
   *
   * @throws RunFailure if it is not a whole safetensors file
   */
  public static CheckpointReader open(Path file) {
    return new CheckpointReader(file, SafeTensors.open(file));
  }

  /**
   * Refuses a checkpoint of something else.
   *
   * @param what as in {@link CheckpointWriter#describe}
   * @param expected what this training has
   * @throws RunFailure naming both, if they differ
   */
  public void expect(String what, String expected) {
    String found = saved.metadata().get(what);
    if (!expected.equals(found)) {
      throw new RunFailure(
          "checkpoint %s is of another %s: it has '%s', this training has '%s'; name another file or delete it"
              .formatted(file, what, found, expected));
    }
  }

  /**
   * A vector.
   *
   * @param length that it must have
   * @throws RunFailure if it is not there or has another length
   */
  public float[] floats(String name, int length) {
    return saved.tensor(name, List.of(length)).floats();
  }

  /**
   * A matrix, row by row; empty if none was written.
   *
   * @param width numbers that a row must have
   * @throws RunFailure if it has another width
   */
  public float[] rows(String name, int width) {
    if (!saved.names().contains(name)) {
      return new float[0];
    }
    int rows = saved.tensor(name).shape().get(0);
    return saved.tensor(name, List.of(rows, width)).floats();
  }

  /**
   * Whole numbers.
   *
   * @throws RunFailure if they are not there
   */
  public long[] longs(String name) {
    StoredTensor tensor = saved.tensor(name);
    LongBuffer buffer = tensor.data().asLongBuffer();
    long[] values = new long[buffer.remaining()];
    buffer.get(values);
    return values;
  }

  /**
   * Doubles.
   *
   * @throws RunFailure if they are not there
   */
  public double[] doubles(String name) {
    long[] bits = longs(name);
    double[] values = new double[bits.length];
    for (int i = 0; i < bits.length; i++) {
      values[i] = Double.longBitsToDouble(bits[i]);
    }
    return values;
  }
}
