package io.offloadlab.graph;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The shape of one sample's tensor, without the batch dimension, of any rank.
 *
 * @param dims extents, outermost first, at least one, each positive: {@code [channels, height,
 *     width]} of a feature map, {@code [features]} of a vector
 */
public record Shape(List<Integer> dims) {
  /** Bytes of one float32 element, the precision of every tensor in memory and on the wire. */
  public static final int BYTES_PER_ELEMENT = 4;

  private static final int MAP_RANK = 3;

  /**
   * @throws IllegalArgumentException if there is no dimension, or one is not positive
   */
  public Shape {
    dims = List.copyOf(dims);
    boolean positive = true;
    // A loop: every tensor that is received has a shape.
    for (int i = 0; i < dims.size(); i++) {
      positive &= dims.get(i) > 0;
    }
    if (dims.isEmpty() || !positive) {
      throw new IllegalArgumentException(
          "a shape has at least one dimension, each of positive extent, not " + dims);
    }
  }

  /** A shape from its extents: {@code of(3, 32, 32)} or {@code of(512)}. */
  public static Shape of(int... dims) {
    return new Shape(Arrays.stream(dims).boxed().toList());
  }

  /** Number of dimensions. */
  public int rank() {
    return dims.size();
  }

  /** Whether this is a feature map {@code [channels, height, width]}. */
  public boolean isMap() {
    return rank() == MAP_RANK;
  }

  /** Whether this is a vector {@code [features]}. */
  public boolean isVector() {
    return rank() == 1;
  }

  /**
   * Features of a vector.
   *
   * @throws IllegalStateException if this is no vector
   */
  public int features() {
    if (!isVector()) {
      throw new IllegalStateException("%s is no vector (features)".formatted(this));
    }
    return dims.get(0);
  }

  /**
   * Channels of a feature map.
   *
   * @throws IllegalStateException if this is no feature map
   */
  public int channels() {
    return ofMap(0);
  }

  /**
   * Height of a feature map.
   *
   * @throws IllegalStateException if this is no feature map
   */
  public int height() {
    return ofMap(1);
  }

  /**
   * Width of a feature map.
   *
   * @throws IllegalStateException if this is no feature map
   */
  public int width() {
    return ofMap(2);
  }

  private int ofMap(int dimension) {
    if (!isMap()) {
      throw new IllegalStateException(
          "%s is no feature map (channels, height, width)".formatted(this));
    }
    return dims.get(dimension);
  }

  /** Elements of one sample. */
  public long elements() {
    long elements = 1;
    for (int i = 0; i < dims.size(); i++) {
      elements = Math.multiplyExact(elements, dims.get(i));
    }
    return elements;
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
