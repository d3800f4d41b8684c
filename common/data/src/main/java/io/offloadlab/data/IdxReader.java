package io.offloadlab.data;

import io.offloadlab.failure.RunFailure;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import java.util.zip.GZIPInputStream;

/**
 * Reads MNIST's idx layout: two zero bytes, the element type (8: unsigned byte), the number of
 * dimensions, each extent as a big-endian int, then the elements.
 */
final class IdxReader {
  /** Pixels of a side of an MNIST image. */
  static final int SIDE = 28;

  private static final int GZIP_MAGIC = 0x1f8b;

  private IdxReader() {}

  /** What a file holds, plain or in gzip, and the file's name for messages. */
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
    byte[] labelBytes = plain(labels, images);
    int pixelHeader = headerBytes(3);
    byte[] classes = Arrays.copyOfRange(labelBytes, headerBytes(1), labelBytes.length);
    for (int i = 0; i < images; i++) {
      if ((classes[i] & 0xff) >= dataset.classes()) {
        throw new RunFailure(
            String.format(
                Locale.ROOT,
                "%s is corrupt: label %d is %d, but %s has labels 0..%d; get the file again",
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

  private static int headerBytes(int dimensions) {
    return Integer.BYTES * (1 + dimensions);
  }

  private static byte[] plain(Contents file, int... extents) {
    int elements = Arrays.stream(extents).reduce(1, Math::multiplyExact);
    int expected = headerBytes(extents.length) + elements;
    byte[] bytes = isGzip(file.bytes) ? unzip(file, expected) : file.bytes;
    ByteBuffer header = ByteBuffer.allocate(headerBytes(extents.length));
    header.putInt(0x0800 | extents.length);
    Arrays.stream(extents).forEach(header::putInt);
    if (bytes.length != expected) {
      throw new RunFailure(
          String.format(
              Locale.ROOT,
              "%s has %s bytes%s, expected %d (idx of %s); get the file again",
              file.name,
              bytes.length > expected ? "more than " + expected : bytes.length,
              bytes == file.bytes ? "" : " when unzipped",
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

  private static boolean isGzip(byte[] bytes) {
    return bytes.length >= 2 && ((bytes[0] & 0xff) << 8 | (bytes[1] & 0xff)) == GZIP_MAGIC;
  }

  /** One byte more than expected is enough to know that there is too much. */
  private static byte[] unzip(Contents file, int expected) {
    try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(file.bytes))) {
      return in.readNBytes(expected + 1);
    } catch (IOException e) {
      throw new RunFailure(
          String.format(
              Locale.ROOT,
              "%s (%d bytes) is truncated or corrupt: %s; expected gzip of %d bytes; get the file again",
              file.name,
              file.bytes.length,
              e.getMessage(),
              expected),
          e);
    }
  }
}
