package io.offloadlab.data;

import io.offloadlab.failure.RunFailure;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.zip.GZIPInputStream;

/** Reads the files of a split in whichever layout they have. */
final class ImageFiles {
  private ImageFiles() {}

  static ImageSet read(Dataset dataset, Split split, SplitSource source) {
    Dataset.SplitFiles expected = dataset.files(split);
    return switch (dataset.layout()) {
      case CIFAR_10_BINARY, CIFAR_100_BINARY -> CifarReader.read(dataset, expected, source);
      case IDX -> {
        IdxReader.Contents[] parts = new IdxReader.Contents[2];
        int[] sizes = {
          IdxReader.imageBytes(expected.images()), IdxReader.labelBytes(expected.images())
        };
        source.each((f, name, content) -> parts[f] = contents(name, content, sizes[f]));
        yield IdxReader.read(dataset, expected.images(), parts[0], parts[1]);
      }
    };
  }

  static ImageSet readEmbedded(Dataset dataset, Split split, Dataset.Embedded embedded) {
    Dataset.SplitFiles expected = dataset.files(split);
    List<IdxReader.Contents> parts =
        expected.names().stream().map(name -> resource(embedded.folder(), name)).toList();
    return IdxReader.read(dataset, expected.images(), parts.get(0), parts.get(1));
  }

  /** One byte more than expected is enough to know that there is too much. */
  private static IdxReader.Contents contents(String name, InputStream content, int expected)
      throws IOException {
    return new IdxReader.Contents(name, content.readNBytes(expected + 1));
  }

  private static IdxReader.Contents resource(String folder, String name) {
    String path = folder + "/" + name + ".gz";
    try (InputStream in = Dataset.class.getResourceAsStream(path)) {
      if (in == null) {
        throw new IllegalStateException("the program was built without its resource " + path);
      }
      return new IdxReader.Contents(path, new GZIPInputStream(in).readAllBytes());
    } catch (IOException e) {
      throw new RunFailure("the embedded file %s cannot be read: %s".formatted(path, e), e);
    }
  }
}
