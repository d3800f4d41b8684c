package io.offloadlab.graph;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The shape of one sample's tensor, without the batch dimension.
 *
 * @param dims {@code [channels, height, width]} of a feature map, or {@code [features]} of a
 *     vector; every extent is positive
 */
public record Shape(List<Integer> dims) {
  /** Bytes of one float32 element, the precision of every tensor in memory and on the wire. */
  public static final int BYTES_PER_ELEMENT = 4;

  /**
   * @throws IllegalArgumentException if there are not one or three dimensions, or one is not
   *     positive
   */
  public Shape {
    dims = List.copyOf(dims);
    if (dims.size() != 1 && dims.size() != 3) {
      throw new IllegalArgumentException(
          "a shape has 1 (vector) or 3 (feature map) dimensions, not " + dims);
    }
    if (dims.stream().anyMatch(d -> d <= 0)) {
      throw new IllegalArgumentException("every extent of a shape is positive, not " + dims);
    }
  }

  /** A shape from its extents: {@code of(3, 32, 32)} or {@code of(512)}. */
  public static Shape of(int... dims) {
    return new Shape(Arrays.stream(dims).boxed().toList());
  }

  /** Whether this is a feature map {@code [channels, height, width]}. */
  public boolean isMap() {
    return dims.size() == 3;
  }

  /** Channels of a feature map, or the features of a vector. */
  public int channels() {
    return dims.get(0);
  }

  /** Height of a feature map; 1 for a vector. */
  public int height() {
    return isMap() ? dims.get(1) : 1;
  }

  /** Width of a feature map; 1 for a vector. */
  public int width() {
    return isMap() ? dims.get(2) : 1;
  }

  /** Elements of one sample. */
  public long elements() {
    return dims.stream().mapToLong(Integer::longValue).reduce(1, Math::multiplyExact);
  }

  /** Bytes of one sample in float32. */
  public long bytes() {
    return Math.multiplyExact(elements(), BYTES_PER_ELEMENT);
  }

  /** The extents as PyTorch prints them, without the batch: {@code (64, 32, 32)}. */
  @Override
  public String toString() {
    return dims.stream().map(String::valueOf).collect(Collectors.joining(", ", "(", ")"));
  }
}
