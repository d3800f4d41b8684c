package io.offloadlab.data;

import io.offloadlab.data.Dataset.Download;
import io.offloadlab.data.Dataset.RemoteFile;
import io.offloadlab.data.Dataset.SplitFiles;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/** Small data sets of random bytes in the official layouts. */
final class Fixtures {
  static final int IMAGES = 12;

  private Fixtures() {}

  /** {@link #IMAGES} test images in one file, as many training images in two. */
  static Dataset cifar10(RemoteFile... remote) {
    return new Dataset(
        "tiny10",
        10,
        Datasets.CIFAR_10.normalisation(),
        FileLayout.CIFAR_10_BINARY,
        Map.of(
            Split.TEST, new SplitFiles(List.of("test_batch.bin"), IMAGES),
            Split.TRAIN, new SplitFiles(List.of("data_batch_1.bin", "data_batch_2.bin"), IMAGES)),
        new Download("cifar-10-batches-bin", List.of(remote)));
  }

  static Dataset cifar100() {
    return new Dataset(
        "tiny100",
        100,
        Datasets.CIFAR_100.normalisation(),
        FileLayout.CIFAR_100_BINARY,
        Map.of(Split.TEST, new SplitFiles(List.of("test.bin"), IMAGES)),
        new Download("cifar-100-binary", List.of()));
  }

  static Dataset idx() {
    return new Dataset(
        "tiny-idx",
        10,
        Datasets.FASHION_MNIST.normalisation(),
        FileLayout.IDX,
        Map.of(
            Split.TEST,
            new SplitFiles(List.of("t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte"), IMAGES)),
        new Download("fashion-mnist", List.of()));
  }

  /** Random records whose last label byte of record i is {@code i % classes}. */
  static byte[] cifarRecords(int records, int labelBytes, int classes, long seed) {
    int record = labelBytes + 3072;
    byte[] bytes = new byte[records * record];
    new Random(seed).nextBytes(bytes);
    for (int i = 0; i < records; i++) {
      bytes[i * record + labelBytes - 1] = (byte) (i % classes);
    }
    return bytes;
  }

  static byte[] idxOf(int[] extents, byte[] elements) {
    ByteBuffer out = ByteBuffer.allocate(4 + 4 * extents.length + elements.length);
    out.putInt(0x800 + extents.length);
    for (int extent : extents) {
      out.putInt(extent);
    }
    return out.put(elements).array();
  }

  static byte[] randomBytes(int length, long seed) {
    byte[] bytes = new byte[length];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }

  static byte[] gzip(byte[] bytes) {
    try (ByteArrayOutputStream out = new ByteArrayOutputStream()) {
      try (GZIPOutputStream zip = new GZIPOutputStream(out)) {
        zip.write(bytes);
      }
      return out.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static byte[] tarGz(Map<String, byte[]> files) {
    try (ByteArrayOutputStream out = new ByteArrayOutputStream()) {
      try (TarArchiveOutputStream tar = new TarArchiveOutputStream(new GZIPOutputStream(out))) {
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
          TarArchiveEntry entry = new TarArchiveEntry(file.getKey(), true);
          entry.setSize(file.getValue().length);
          tar.putArchiveEntry(entry);
          tar.write(file.getValue());
          tar.closeArchiveEntry();
        }
      }
      return out.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Path write(Path folder, String name, byte[] bytes) {
    try {
      return Files.write(Files.createDirectories(folder).resolve(name), bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static ImageSet images(Lookup lookup) {
    return ((Lookup.Found) lookup).images();
  }

  static DataStore given(Path folder) {
    return DataStore.of(Optional.of(folder), Map.of(), folder);
  }
}
