package io.offloadlab.learning.network;

import java.nio.FloatBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.bytedeco.javacpp.FloatPointer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** A vector of floats in ND4J's memory, open to Java loops and to BLAS alike. */
public final class Floats implements AutoCloseable {
  private final INDArray array;
  private final FloatPointer pointer;
  private final FloatBuffer values;
  private final Map<Integer, FloatPointer> addresses = new HashMap<>();

  /**
   * @param length of the vector, filled with zeros
   */
  public Floats(int length) {
    array = Nd4j.zeros(DataType.FLOAT, length);
    pointer = (FloatPointer) array.data().pointer();
    values = pointer.asBuffer();
  }

  /** Number of elements. */
  public int length() {
    return values.capacity();
  }

  /** The elements; writes go through. Position and limit are nobody's: use absolute access. */
  public FloatBuffer values() {
    return values;
  }

  /** Address of an element, for BLAS; remembered, since making a pointer is slow. */
  public FloatPointer at(int offset) {
    return addresses.computeIfAbsent(offset, o -> pointer.getPointer(FloatPointer.class, o));
  }

  /** Takes over the elements of another one, of the same length. */
  public Floats copyFrom(Floats other) {
    values.put(0, other.values, 0, length());
    return this;
  }

  /** Draws elements {@code from} to {@code from + count} uniformly within the bound. */
  public void fillUniform(int from, int count, double bound, RandomGenerator random) {
    for (int i = from; i < from + count; i++) {
      values.put(i, (float) random.nextDouble(-bound, bound));
    }
  }

  /** A copy on the heap. */
  public float[] toArray() {
    float[] copy = new float[length()];
    values.get(0, copy);
    return copy;
  }

  /** Euclidean length. */
  public double norm() {
    double squares = 0;
    for (int i = 0; i < values.capacity(); i++) {
      double x = values.get(i);
      squares += x * x;
    }
    return Math.sqrt(squares);
  }

  /** {@code this += rate * (towards - this)}: the soft update of a target network. */
  public void moveTowards(Floats towards, float rate) {
    FloatBuffer from = towards.values;
    for (int i = 0; i < values.capacity(); i++) {
      float x = values.get(i);
      values.put(i, x + rate * (from.get(i) - x));
    }
  }

  @Override
  public void close() {
    array.close();
  }
}
