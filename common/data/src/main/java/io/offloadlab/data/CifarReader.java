package io.offloadlab.data;

import io.offloadlab.failure.RunFailure;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;

/**
 * Reads CIFAR's binary layout, as its home page describes it: records of label bytes and 3,072
 * pixels (red, green, blue planes of 32x32, row by row), without a header.
 */
final class CifarReader {
  private CifarReader() {}

  static StoredImages read(Dataset dataset, Dataset.SplitFiles split, SplitSource source) {
    PixelNormaliser normaliser = dataset.layout().normaliser(dataset.normalisation());
    int labelBytes = dataset.layout().labelBytes();
    int record = labelBytes + normaliser.storedBytes();
    int perFile = split.images() / split.names().size();
    byte[] data = new byte[split.images() * record];
    byte[] labels = new byte[split.images()];
    source.each(
        (f, name, content) -> {
          readFully(name, content, data, f * perFile * record, perFile, record);
          for (int i = 0; i < perFile; i++) {
            int image = f * perFile + i;
            byte label = data[image * record + labelBytes - 1];
            if ((label & 0xff) >= dataset.classes()) {
              throw new RunFailure(
                  String.format(
                      Locale.ROOT,
                      "%s is corrupt or another data set's: record %d has label %d, but %s has labels 0..%d",
                      name,
                      i,
                      label & 0xff,
                      dataset.name(),
                      dataset.classes() - 1));
            }
            labels[image] = label;
          }
        });
    return new StoredImages(data, labelBytes, record, labels, dataset.classes(), normaliser);
  }

  private static void readFully(
      String name, InputStream content, byte[] data, int from, int records, int record)
      throws IOException {
    int expected = records * record;
    int read = content.readNBytes(data, from, expected);
    boolean tooMuch = read == expected && content.read() >= 0;
    if (read < expected || tooMuch) {
      throw new RunFailure(
          String.format(
              Locale.ROOT,
              "%s has %s bytes, expected %d (%d records of %d bytes): it is cut off or another file",
              name,
              tooMuch ? "more than " + expected : read,
              expected,
              records,
              record));
    }
  }
}
