package io.offloadlab.weights;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * One tensor of a safetensors file.
 *
 * @param name in the file
 * @param dtype of its elements
 * @param shape extents, outermost first; empty for a scalar
 * @param data the elements in row-major order, little-endian, from position 0 to the limit; a view,
 *     not a copy, and read-only
 */
public record StoredTensor(String name, Dtype dtype, List<Integer> shape, ByteBuffer data) {
  /** All ones in infinities and what is no number, and in nothing else. */
  private static final int F16_EXPONENT = 0x7c00;

  private static final int BF16_EXPONENT = 0x7f80;

  /**
   * Makes the buffer a read-only little-endian view from its position.
   *
   * @throws IllegalArgumentException if the bytes are not as many as dtype and shape say
   */
  public StoredTensor {
    shape = List.copyOf(shape);
    data = data.slice().asReadOnlyBuffer().order(ByteOrder.LITTLE_ENDIAN);
    if (data.remaining() != bytes(dtype, shape)) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "tensor '%s' of %s %s has %d bytes",
              name,
              dtype,
              shape,
              data.remaining()));
    }
  }

  /** A float32 tensor from an array, which is copied. */
  public static StoredTensor of(String name, List<Integer> shape, float[] values) {
    ByteBuffer data = ByteBuffer.allocate(values.length * Float.BYTES);
    data.order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().put(values);
    return new StoredTensor(name, Dtype.F32, shape, data);
  }

  /** The same values at rest in half precision, each rounded to the nearest. */
  public StoredTensor halved() {
    float[] values = floats();
    ByteBuffer half = ByteBuffer.allocate(values.length * 2).order(ByteOrder.LITTLE_ENDIAN);
    for (float v : values) {
      half.putShort(Float16.fromFloat(v));
    }
    return new StoredTensor(name, Dtype.F16, shape, half.flip());
  }

  /** The same tensor under another name. */
  public StoredTensor named(String other) {
    return new StoredTensor(other, dtype, shape, data);
  }

  /** Its bytes, little-endian and row-major, from position 0; a view of its own for every call. */
  @Override
  public ByteBuffer data() {
    return data.duplicate().order(ByteOrder.LITTLE_ENDIAN);
  }

  /** Number of elements. */
  public int elements() {
    return data.capacity() / dtype.bytes();
  }

  /**
   * The elements as float32 in a new array: F16 and BF16 widened exactly, F64 rounded to the
   * nearest.
   *
   * @throws IllegalArgumentException if the elements are integers
   */
  public float[] floats() {
    float[] values = new float[elements()];
    widen(FloatBuffer.wrap(values));
    return values;
  }

  /**
   * Puts the elements as {@link #floats} gives them, from the buffer's position on.
   *
   * @throws IllegalArgumentException if the elements are integers
   * @throws java.nio.BufferOverflowException if the buffer has not room for them
   */
  public void widen(FloatBuffer into) {
    ByteBuffer from = data();
    switch (dtype) {
      case F32 -> into.put(from.asFloatBuffer());
      case F16 -> {
        while (from.hasRemaining()) {
          into.put(Float16.toFloat(from.getShort()));
        }
      }
      case BF16 -> {
        while (from.hasRemaining()) {
          into.put(Float.intBitsToFloat(from.getShort() << Short.SIZE));
        }
      }
      case F64 -> {
        while (from.hasRemaining()) {
          into.put((float) from.getDouble());
        }
      }
      case U8, I64 ->
          throw new IllegalArgumentException(
              "tensor '%s' holds %s, not floating-point numbers".formatted(name, dtype));
    }
  }

  /** Whether no element is NaN or infinite as float32; integers never are. */
  public boolean isFinite() {
    if (!dtype.isFloating()) {
      return true;
    }
    ByteBuffer from = data();
    boolean finite = true;
    // Without an array of all of them: a layer may have a hundred million.
    while (finite && from.hasRemaining()) {
      finite =
          switch (dtype) {
            case F16 -> (from.getShort() & F16_EXPONENT) != F16_EXPONENT;
            case BF16 -> (from.getShort() & BF16_EXPONENT) != BF16_EXPONENT;
            case F64 -> Float.isFinite((float) from.getDouble());
            default -> Float.isFinite(from.getFloat());
          };
    }
    return finite;
  }

  /** The same tensor at rest in a precision that travels: BF16 and F64 as F32, others as it is. */
  StoredTensor portable() {
    return dtype == Dtype.BF16 || dtype == Dtype.F64 ? of(name, shape, floats()) : this;
  }

  /** As {@code F16 (64, 3, 3, 3)}. */
  @Override
  public String toString() {
    return name
        + " "
        + dtype
        + shape.stream().map(String::valueOf).collect(Collectors.joining(", ", " (", ")"));
  }

  /**
   * Bytes that a tensor takes.
   *
   * @throws ArithmeticException if they do not fit a long
   */
  static long bytes(Dtype dtype, List<Integer> shape) {
    long elements = shape.stream().mapToLong(Integer::longValue).reduce(1, Math::multiplyExact);
    return Math.multiplyExact(elements, dtype.bytes());
  }
}
