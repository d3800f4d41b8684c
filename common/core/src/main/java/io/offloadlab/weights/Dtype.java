package io.offloadlab.weights;

import java.util.Arrays;
import java.util.Optional;

/** Element types that this laboratory reads and writes, by their names in safetensors. */
public enum Dtype {
  /** IEEE 754 half precision: kernels and matrices at rest. */
  F16(2),
  /** IEEE 754 single precision: vectors at rest, everything in memory. */
  F32(4),
  /** Unsigned bytes: images. */
  U8(1),
  /** Signed 64-bit integers: labels. */
  I64(8);

  private final int bytes;

  Dtype(int bytes) {
    this.bytes = bytes;
  }

  /** Bytes of one element. */
  public int bytes() {
    return bytes;
  }

  static Optional<Dtype> named(String name) {
    return Arrays.stream(values()).filter(d -> d.name().equals(name)).findFirst();
  }
}
