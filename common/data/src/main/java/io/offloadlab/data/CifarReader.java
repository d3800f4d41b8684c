package io.offloadlab.data;

import io.offloadlab.failure.RunFailure;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * Reads CIFAR's binary layout, as its home page describes it: records of label bytes and 3,072
 * pixels (red, green, blue planes of 32x32, row by row), without a header.
 */
final class CifarReader {
  private CifarReader() {}

  static StoredImages read(Dataset dataset, Dataset.SplitFiles split, List<Path> files) {
    PixelNormaliser normaliser = dataset.layout().normaliser(dataset.normalisation());
    int labelBytes = dataset.layout().labelBytes();
    int record = labelBytes + normaliser.storedBytes();
    int perFile = split.images() / files.size();
    byte[] data = new byte[split.images() * record];
    byte[] labels = new byte[split.images()];
    for (int f = 0; f < files.size(); f++) {
      Path file = files.get(f);
      readFully(file, data, f * perFile * record, perFile, record);
      for (int i = 0; i < perFile; i++) {
        int image = f * perFile + i;
        byte label = data[image * record + labelBytes - 1];
        if ((label & 0xff) >= dataset.classes()) {
          throw new RunFailure(
              String.format(
                  Locale.ROOT,
                  "%s is corrupt: record %d has label %d, but %s has labels 0..%d; get the file again",
                  file,
                  i,
                  label & 0xff,
                  dataset.name(),
                  dataset.classes() - 1));
        }
        labels[image] = label;
      }
    }
    return new StoredImages(data, labelBytes, record, labels, dataset.classes(), normaliser);
  }

  private static void readFully(Path file, byte[] data, int from, int records, int record) {
    int expected = records * record;
    try {
      long size = Files.size(file);
      if (size != expected) {
        throw new RunFailure(
            String.format(
                Locale.ROOT,
                "%s has %d bytes, expected %d (%d records of %d bytes); get the file again",
                file,
                size,
                expected,
                records,
                record));
      }
      try (InputStream in = Files.newInputStream(file)) {
        if (in.readNBytes(data, from, expected) < expected) {
          throw new EOFException("the file became shorter while it was read");
        }
      }
    } catch (IOException e) {
      throw new RunFailure("%s cannot be read: %s".formatted(file, e), e);
    }
  }
}
