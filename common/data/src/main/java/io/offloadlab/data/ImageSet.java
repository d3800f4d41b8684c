package io.offloadlab.data;

import io.offloadlab.graph.Shape;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.OptionalInt;

/**
 * Images of one split, ready to be fed to a network. Immutable, so that any number of threads may
 * read at once.
 */
public sealed interface ImageSet permits StoredImages, GeneratedImages {
  /** Number of images. */
  int size();

  /** Shape of one image as the network sees it: {@code [channels, height, width]}. */
  Shape shape();

  /** Number of classes. */
  int classes();

  /** Whether the true classes are known: false for generated images. */
  boolean hasLabels();

  /**
   * True class of an image, in {@code 0..classes-1}; empty when labels are not known.
   *
   * @throws IndexOutOfBoundsException if there is no such image
   */
  OptionalInt label(int index);

  /**
   * Writes normalised images as little-endian float32, laid out (n, channels, height, width), from
   * the buffer's position on, and moves the position past them. The buffer's own byte order is
   * neither used nor changed.
   *
   * @param indices images, in the order they are written
   * @param into room for {@code indices.size() * shape().bytes()} bytes
   * @throws IndexOutOfBoundsException if there is no such image
   * @throws IllegalArgumentException if the buffer is too small
   */
  void read(List<Integer> indices, ByteBuffer into);

  /**
   * The same in a new direct buffer, position 0, little-endian.
   *
   * @param indices images, in the order they are written
   */
  default ByteBuffer batch(List<Integer> indices) {
    int bytes = Math.toIntExact(Math.multiplyExact(indices.size(), shape().bytes()));
    ByteBuffer buffer = ByteBuffer.allocateDirect(bytes).order(ByteOrder.LITTLE_ENDIAN);
    read(indices, buffer);
    return buffer.flip();
  }

  /** True classes of a batch, in its order; empty when labels are not known. */
  default List<Integer> labels(List<Integer> indices) {
    return hasLabels() ? indices.stream().map(i -> label(i).getAsInt()).toList() : List.of();
  }
}
