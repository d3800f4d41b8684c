package io.offloadlab.weights;

import java.util.Arrays;
import java.util.Optional;

/** Element types that this laboratory reads, by their names in safetensors. */
public enum Dtype {
  /** IEEE 754 half precision: kernels and matrices at rest. */
  F16(2, true),
  /** The upper half of a single-precision number; read, never written. */
  BF16(2, true),
  /** IEEE 754 single precision: vectors at rest, everything in memory. */
  F32(4, true),
  /** IEEE 754 double precision; read, never written. */
  F64(8, true),
  /** Unsigned bytes: images. */
  U8(1, false),
  /** Signed 64-bit integers: labels. */
  I64(8, false);

  private final int bytes;
  private final boolean floating;

  Dtype(int bytes, boolean floating) {
    this.bytes = bytes;
    this.floating = floating;
  }

  /** Bytes of one element. */
  public int bytes() {
    return bytes;
  }

  /** Whether elements are floating-point numbers, as weights are. */
  public boolean isFloating() {
    return floating;
  }

  static Optional<Dtype> named(String name) {
    return Arrays.stream(values()).filter(d -> d.name().equals(name)).findFirst();
  }
}
