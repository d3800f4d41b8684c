package io.offloadlab.data;

import static io.offloadlab.data.Fixtures.IMAGES;
import static io.offloadlab.data.Fixtures.cifarRecords;
import static io.offloadlab.data.Fixtures.given;
import static io.offloadlab.data.Fixtures.images;
import static io.offloadlab.data.Fixtures.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.offloadlab.failure.RunFailure;
import io.offloadlab.graph.Shape;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageSetTest {
  @TempDir Path folder;

  @Test
  void batch_ofCifar10_isNormalisedPlanesInTheOrderAsked() {
    byte[] records = cifarRecords(IMAGES, 1, 10, 1);
    write(folder, "test_batch.bin", records);

    ImageSet images = images(given(folder).find(Fixtures.cifar10(), Split.TEST));
    ByteBuffer batch = images.batch(List.of(7, 0));

    assertThat(images.shape()).isEqualTo(Shape.of(3, 32, 32));
    assertThat(batch.isDirect()).isTrue();
    assertThat(batch.order()).isEqualTo(ByteOrder.LITTLE_ENDIAN);
    assertThat(batch.remaining()).isEqualTo(2 * 3 * 32 * 32 * 4);
    double[] mean = {.4914, .4822, .4465};
    double[] std = {.2023, .1994, .2010};
    for (int n = 0; n < 2; n++) {
      int image = n == 0 ? 7 : 0;
      for (int i = 0; i < 3072; i++) {
        int pixel = records[image * 3073 + 1 + i] & 0xff;
        int channel = i / 1024;
        assertThat((double) batch.getFloat((n * 3072 + i) * 4))
            .isCloseTo((pixel / 255.0 - mean[channel]) / std[channel], within(2e-6));
      }
    }
  }

  @Test
  void label_ofCifar100_isTheFineOne() {
    write(folder, "test.bin", cifarRecords(IMAGES, 2, 100, 2));

    ImageSet images = images(given(folder).find(Fixtures.cifar100(), Split.TEST));

    assertThat(images.labels(List.of(3, 11, 0))).containsExactly(3, 11, 0);
    assertThat(images.classes()).isEqualTo(100);
  }

  @Test
  void find_trainingSplitInSeveralFiles_readsThemInOrder() {
    byte[] first = cifarRecords(IMAGES / 2, 1, 10, 3);
    byte[] second = cifarRecords(IMAGES / 2, 1, 10, 4);
    write(folder, "data_batch_1.bin", first);
    write(folder, "data_batch_2.bin", second);

    ImageSet images = images(given(folder).find(Fixtures.cifar10(), Split.TRAIN));

    assertThat(images.size()).isEqualTo(IMAGES);
    float expected = ((second[3073 + 1] & 0xff) / 255f - .4914f) / .2023f;
    assertThat(images.batch(List.of(IMAGES / 2 + 1)).getFloat(0)).isEqualTo(expected);
  }

  @Test
  void batch_ofIdxImages_hasABorderOfNormalisedBlack() {
    byte[] pixels = Fixtures.randomBytes(IMAGES * 784, 5);
    byte[] labels = new byte[IMAGES];
    labels[4] = 9;
    int[] extents = {IMAGES, 28, 28};
    write(folder, "t10k-images-idx3-ubyte.gz", Fixtures.gzip(Fixtures.idxOf(extents, pixels)));
    write(folder, "t10k-labels-idx1-ubyte", Fixtures.idxOf(new int[] {IMAGES}, labels));

    ImageSet images = images(given(folder).find(Fixtures.idx(), Split.TEST));
    ByteBuffer batch = images.batch(List.of(4));

    assertThat(images.shape()).isEqualTo(Shape.of(1, 32, 32));
    assertThat(images.label(4)).hasValue(9);
    for (int y = 0; y < 32; y++) {
      for (int x = 0; x < 32; x++) {
        boolean inside = y >= 2 && y < 30 && x >= 2 && x < 30;
        int pixel = inside ? pixels[4 * 784 + (y - 2) * 28 + x - 2] & 0xff : 0;
        assertThat((double) batch.getFloat((y * 32 + x) * 4))
            .isCloseTo((pixel / 255.0 - .2860) / .3530, within(2e-6));
      }
    }
  }

  @Test
  void read_intoABigEndianBuffer_writesLittleEndianFromItsPosition() {
    ImageSet images = new GeneratedImages(Datasets.CIFAR_10, Split.TEST, 6);
    int bytes = 3072 * 4;
    ByteBuffer buffer = ByteBuffer.allocate(8 + 2 * bytes).position(8);

    images.read(List.of(1, 2), buffer);

    assertThat(buffer.position()).isEqualTo(8 + 2 * bytes);
    assertThat(buffer.order()).isEqualTo(ByteOrder.BIG_ENDIAN);
    assertThat(buffer.position(8).slice()).isEqualTo(images.batch(List.of(1, 2)));
  }

  @Test
  void read_intoABufferThatIsTooSmall_isRefused() {
    ImageSet images = new GeneratedImages(Datasets.CIFAR_10, Split.TEST, 6);

    assertThatThrownBy(() -> images.read(List.of(1), ByteBuffer.allocate(3072 * 4 - 1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("12288 bytes")
        .hasMessageContaining("12287");
  }

  @Test
  void generatedImages_dependOnSeedAndIndexAlone_andHaveNoLabels() {
    ImageSet images = new GeneratedImages(Datasets.CIFAR_100, Split.TEST, 7);
    ImageSet again = new GeneratedImages(Datasets.CIFAR_100, Split.TEST, 7);
    ImageSet other = new GeneratedImages(Datasets.CIFAR_100, Split.TEST, 8);

    assertThat(images.size()).isEqualTo(10_000);
    assertThat(images.shape()).isEqualTo(Shape.of(3, 32, 32));
    assertThat(again.batch(List.of(9, 5)).slice(12288, 12288)).isEqualTo(images.batch(List.of(5)));
    assertThat(other.batch(List.of(5))).isNotEqualTo(images.batch(List.of(5)));
    assertThat(images.batch(List.of(6))).isNotEqualTo(images.batch(List.of(5)));
    assertThat(images.hasLabels()).isFalse();
    assertThat(images.label(5)).isEmpty();
    assertThat(images.labels(List.of(1, 2))).isEmpty();
  }

  @Test
  @DisplayName("the embedded sample of Fashion-MNIST is balanced and has the data set's statistics")
  void embeddedSample() {
    for (Split split : Split.values()) {
      ImageSet images = images(given(folder).find(Datasets.FASHION_MNIST_SAMPLE, split));
      int[] perClass = new int[10];
      double sum = 0;
      for (int i = 0; i < images.size(); i++) {
        perClass[images.label(i).getAsInt()]++;
        ByteBuffer image = images.batch(List.of(i));
        while (image.hasRemaining()) {
          sum += image.getFloat() * .3530 + .2860;
        }
      }

      assertThat(images.size()).isEqualTo(split == Split.TRAIN ? 4_000 : 1_000);
      assertThat(perClass).containsOnly(images.size() / 10);
      assertThat(sum / (images.size() * 784.0)).isCloseTo(.2860, within(.01));
    }
  }

  @Test
  void find_truncatedFile_namesItsSizeAndTheExpectedOne() {
    byte[] records = cifarRecords(IMAGES, 1, 10, 9);
    Path file = write(folder, "test_batch.bin", Arrays.copyOf(records, records.length - 5));

    assertThatThrownBy(() -> given(folder).find(Fixtures.cifar10(), Split.TEST))
        .isInstanceOf(RunFailure.class)
        .hasMessageContaining(file.toString())
        .hasMessageContaining("36871 bytes")
        .hasMessageContaining("36876")
        .message()
        .doesNotContain("\n");
  }

  @Test
  void find_labelOutOfRange_isCorrupt() {
    byte[] records = cifarRecords(IMAGES, 1, 10, 9);
    records[3073 * 2] = (byte) 213;
    write(folder, "test_batch.bin", records);

    assertThatThrownBy(() -> given(folder).find(Fixtures.cifar10(), Split.TEST))
        .isInstanceOf(RunFailure.class)
        .hasMessageContaining("record 2 has label 213");
  }

  @Test
  void find_truncatedGzip_isTruncated() {
    byte[] zipped =
        Fixtures.gzip(
            Fixtures.idxOf(new int[] {IMAGES, 28, 28}, Fixtures.randomBytes(IMAGES * 784, 5)));
    Path file = write(folder, "t10k-images-idx3-ubyte.gz", Arrays.copyOf(zipped, 5_000));
    write(folder, "t10k-labels-idx1-ubyte", Fixtures.idxOf(new int[] {IMAGES}, new byte[IMAGES]));

    assertThatThrownBy(() -> given(folder).find(Fixtures.idx(), Split.TEST))
        .isInstanceOf(RunFailure.class)
        .hasMessageContaining(file.toString())
        .hasMessageContaining("(5000 bytes) is truncated or corrupt")
        .hasMessageEndingWith("get the file again");
  }

  @Test
  void find_gzipThatUnpacksToFarMore_isRefusedWithoutUnpackingIt() {
    write(folder, "t10k-images-idx3-ubyte.gz", Fixtures.gzip(new byte[100_000_000]));
    write(folder, "t10k-labels-idx1-ubyte", Fixtures.idxOf(new int[] {IMAGES}, new byte[IMAGES]));

    assertThatThrownBy(() -> given(folder).find(Fixtures.idx(), Split.TEST))
        .isInstanceOf(RunFailure.class)
        .hasMessageContaining("more than 9424 bytes");
  }

  @Test
  void find_idxOfAnotherShape_showsBothHeaders() {
    write(
        folder,
        "t10k-images-idx3-ubyte",
        Fixtures.idxOf(new int[] {IMAGES / 2, 56, 28}, new byte[IMAGES * 784]));
    write(folder, "t10k-labels-idx1-ubyte", Fixtures.idxOf(new int[] {IMAGES}, new byte[IMAGES]));

    assertThatThrownBy(() -> given(folder).find(Fixtures.idx(), Split.TEST))
        .isInstanceOf(RunFailure.class)
        .hasMessageContaining("found 0000080300000006000000380000001c")
        .hasMessageContaining("expected 000008030000000c0000001c0000001c");
  }
}
