package io.offloadlab.data;

import io.offloadlab.failure.RunFailure;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** Reads the files of a split in whichever layout they have. */
final class ImageFiles {
  /** No published idx file comes near this; memory is taken only below it. */
  private static final long MOST_IDX_BYTES = 64L << 20;

  private ImageFiles() {}

  static ImageSet read(Dataset dataset, Split split, List<Path> files) {
    Dataset.SplitFiles expected = dataset.files(split);
    return switch (dataset.layout()) {
      case CIFAR_10_BINARY, CIFAR_100_BINARY -> CifarReader.read(dataset, expected, files);
      case IDX ->
          IdxReader.read(
              dataset, expected.images(), contents(files.get(0)), contents(files.get(1)));
    };
  }

  static ImageSet readEmbedded(Dataset dataset, Split split, Dataset.Embedded embedded) {
    Dataset.SplitFiles expected = dataset.files(split);
    List<IdxReader.Contents> parts =
        expected.names().stream().map(name -> resource(embedded.folder(), name)).toList();
    return IdxReader.read(dataset, expected.images(), parts.get(0), parts.get(1));
  }

  private static IdxReader.Contents contents(Path file) {
    try {
      long size = Files.size(file);
      if (size > MOST_IDX_BYTES) {
        throw new RunFailure(
            String.format(
                Locale.ROOT,
                "%s has %d bytes, expected an idx file of at most %d",
                file,
                size,
                MOST_IDX_BYTES));
      }
      return new IdxReader.Contents(file.toString(), Files.readAllBytes(file));
    } catch (IOException e) {
      throw new RunFailure("%s cannot be read: %s".formatted(file, e), e);
    }
  }

  private static IdxReader.Contents resource(String folder, String name) {
    String path = folder + "/" + name + ".gz";
    try (InputStream in = Dataset.class.getResourceAsStream(path)) {
      if (in == null) {
        throw new IllegalStateException("the program was built without its resource " + path);
      }
      return new IdxReader.Contents(path, in.readAllBytes());
    } catch (IOException e) {
      throw new RunFailure("the embedded file %s cannot be read: %s".formatted(path, e), e);
    }
  }
}
