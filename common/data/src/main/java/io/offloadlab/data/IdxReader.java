package io.offloadlab.data;

import io.offloadlab.failure.RunFailure;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;

/**
 * Reads MNIST's idx layout: two zero bytes, the element type (8: unsigned byte), the number of
 * dimensions, each extent as a big-endian int, then the elements.
 */
final class IdxReader {
  /** Pixels of a side of an MNIST image. */
  static final int SIDE = 28;

  private IdxReader() {}

  /** What a file holds, unzipped, and the file's name for messages. */
  static final class Contents {
    private final String name;
    private final byte[] bytes;

    Contents(String name, byte[] bytes) {
      this.name = name;
      this.bytes = bytes;
    }
  }

  static StoredImages read(Dataset dataset, int images, Contents pixels, Contents labels) {
    byte[] pixelBytes = plain(pixels, images, SIDE, SIDE);
    byte[] labelFile = plain(labels, images);
    int pixelHeader = headerBytes(3);
    byte[] classes = Arrays.copyOfRange(labelFile, headerBytes(1), labelFile.length);
    for (int i = 0; i < images; i++) {
      if ((classes[i] & 0xff) >= dataset.classes()) {
        throw new RunFailure(
            String.format(
                Locale.ROOT,
                "%s is corrupt or another data set's: label %d is %d, but %s has labels 0..%d",
                labels.name,
                i,
                classes[i] & 0xff,
                dataset.name(),
                dataset.classes() - 1));
      }
    }
    return new StoredImages(
        pixelBytes,
        pixelHeader,
        SIDE * SIDE,
        classes,
        dataset.classes(),
        dataset.layout().normaliser(dataset.normalisation()));
  }

  /** Bytes of a file of images. */
  static int imageBytes(int images) {
    return headerBytes(3) + Math.multiplyExact(images, SIDE * SIDE);
  }

  /** Bytes of a file of labels. */
  static int labelBytes(int images) {
    return headerBytes(1) + images;
  }

  private static int headerBytes(int dimensions) {
    return Integer.BYTES * (1 + dimensions);
  }

  private static byte[] plain(Contents file, int... extents) {
    int elements = Arrays.stream(extents).reduce(1, Math::multiplyExact);
    int expected = headerBytes(extents.length) + elements;
    byte[] bytes = file.bytes;
    ByteBuffer header = ByteBuffer.allocate(headerBytes(extents.length));
    header.putInt(0x0800 | extents.length);
    Arrays.stream(extents).forEach(header::putInt);
    if (bytes.length != expected) {
      throw new RunFailure(
          String.format(
              Locale.ROOT,
              "%s has %s bytes, expected %d (idx of %s): it is cut off or another file",
              file.name,
              bytes.length > expected ? "more than " + expected : bytes.length,
              expected,
              Arrays.toString(extents)));
    }
    byte[] found = Arrays.copyOf(bytes, header.capacity());
    if (!Arrays.equals(found, header.array())) {
      throw new RunFailure(
          String.format(
              Locale.ROOT,
              "%s (%d bytes) does not begin as an idx file of %s does: found %s, expected %s",
              file.name,
              file.bytes.length,
              Arrays.toString(extents),
              HexFormat.of().formatHex(found),
              HexFormat.of().formatHex(header.array())));
    }
    return bytes;
  }
}
