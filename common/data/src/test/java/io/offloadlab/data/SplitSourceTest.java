package io.offloadlab.data;

import static io.offloadlab.data.Fixtures.IMAGES;
import static io.offloadlab.data.Fixtures.cifarRecords;
import static io.offloadlab.data.Fixtures.given;
import static io.offloadlab.data.Fixtures.gzip;
import static io.offloadlab.data.Fixtures.images;
import static io.offloadlab.data.Fixtures.tarGz;
import static io.offloadlab.data.Fixtures.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.offloadlab.data.Dataset.RemoteFile;
import io.offloadlab.failure.RunFailure;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SplitSourceTest {
  private static final byte[] TEST = cifarRecords(IMAGES, 1, 10, 1);
  private static final byte[] FIRST = cifarRecords(IMAGES / 2, 1, 10, 2);
  private static final byte[] SECOND = cifarRecords(IMAGES / 2, 1, 10, 3);
  private static final Dataset TINY =
      Fixtures.cifar10(
          new RemoteFile(URI.create("https://example.org/cifar-10-binary.tar.gz"), 1, "0"));

  @TempDir Path folder;

  private static ByteBuffer pixels(ImageSet images) {
    return images.batch(IntStream.range(0, images.size()).boxed().toList());
  }

  private ImageSet plain(Split split) {
    Path plain = folder.resolve("plain");
    write(plain, "test_batch.bin", TEST);
    write(plain, "data_batch_1.bin", FIRST);
    write(plain, "data_batch_2.bin", SECOND);
    return images(given(plain).find(TINY, split));
  }

  private static byte[] archive() {
    Map<String, byte[]> files = new LinkedHashMap<>();
    files.put("cifar-10-batches-bin/data_batch_2.bin", SECOND);
    files.put("cifar-10-batches-bin/readme.html", new byte[10]);
    files.put("cifar-10-batches-bin/data_batch_1.bin", FIRST);
    files.put("cifar-10-batches-bin/test_batch.bin", TEST);
    return tarGz(files);
  }

  @Test
  @DisplayName("single files in gzip are the same images")
  void find_gzip_asUnzipped() {
    Path zipped = folder.resolve("zipped");
    write(zipped, "data_batch_1.bin.gz", gzip(FIRST));
    write(zipped, "data_batch_2.bin", SECOND);
    write(zipped, "test_batch.bin", gzip(TEST));

    for (Split split : Split.values()) {
      assertThat(pixels(images(given(zipped).find(TINY, split)))).isEqualTo(pixels(plain(split)));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {".", "cifar-10-batches-bin"})
  @DisplayName("the official archive is read where it lies and leaves nothing beside it")
  void find_archive_asUnpackedAndNothingIsWritten(String below) throws IOException {
    Path there = folder.resolve("there");
    Path archive = write(there.resolve(below).normalize(), "cifar-10-binary.tar.gz", archive());

    for (Split split : Split.values()) {
      Lookup found = given(there).find(TINY, split);

      assertThat(pixels(images(found))).isEqualTo(pixels(plain(split)));
      assertThat(((Lookup.Found) found).origin()).isEqualTo(archive.toString());
    }
    try (var files = Files.walk(there).filter(Files::isRegularFile)) {
      assertThat(files).containsExactly(archive);
    }
  }

  @Test
  @DisplayName("an archive that wants to be written elsewhere is only read")
  void find_archiveWithPathsThatLeave_readAndNothingIsWritten() {
    Path there = folder.resolve("deep").resolve("there");
    write(there, "cifar-10-binary.tar.gz", tarGz(Map.of("../../../test_batch.bin", TEST)));

    assertThat(images(given(there).find(TINY, Split.TEST)).size()).isEqualTo(IMAGES);
    assertThat(folder.resolve("test_batch.bin")).doesNotExist();
  }

  @Test
  void find_archiveCutOff_runFailureNamingIt() {
    byte[] whole = archive();
    Path there = folder.resolve("there");
    Path file = write(there, "cifar-10-binary.tar.gz", Arrays.copyOf(whole, whole.length * 2 / 3));

    assertThatThrownBy(() -> given(there).find(TINY, Split.TEST))
        .isInstanceOf(RunFailure.class)
        .hasMessageStartingWith(file.toString())
        .hasMessageContaining("is truncated or corrupt")
        .hasMessageEndingWith("get the file again");
  }

  @Test
  void find_archiveOfSomethingElse_runFailureThatDoesNotSendForItAgain() {
    Path there = folder.resolve("there");
    write(there, "cifar-10-binary.tar.gz", tarGz(Map.of("train.bin", TEST)));

    assertThatThrownBy(() -> given(there).find(TINY, Split.TEST))
        .isInstanceOf(RunFailure.class)
        .hasMessageContaining("does not hold test_batch.bin")
        .hasMessageNotContaining("again");
  }

  @Test
  @DisplayName("a small file that unzips to a lot is not unzipped to its end")
  void find_zippedZerosWithoutEnd_runFailure() {
    Path there = folder.resolve("there");
    write(there, "test_batch.bin.gz", gzip(new byte[64 << 20]));

    assertThatThrownBy(() -> given(there).find(TINY, Split.TEST))
        .isInstanceOf(RunFailure.class)
        .hasMessageContaining("has more than %d bytes", TEST.length);
  }

  @Test
  @DisplayName("an intact file of another size is not to be fetched again")
  void find_otherNumberOfRecords_runFailureSayingBothNumbers() {
    Path there = folder.resolve("there");
    List<byte[]> others = List.of(FIRST, cifarRecords(IMAGES + 1, 1, 10, 4), gzip(FIRST));
    for (byte[] other : others) {
      write(there, "test_batch.bin", other);

      assertThatThrownBy(() -> given(there).find(TINY, Split.TEST))
          .isInstanceOf(RunFailure.class)
          .hasMessageContaining("expected %d (12 records of 3073 bytes)", TEST.length)
          .hasMessageNotContaining("again");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "cifar-10-batches-py, data_batch_1",
    "cifar-10-python.tar.gz, ''",
    "cifar-10-batches-mat, x",
    "cifar-10-matlab.tar.gz, ''"
  })
  @DisplayName("the versions for Python and Matlab are named as what they are")
  void find_anotherVersion_runFailureSayingWhatToFetch(String name, String inside) {
    Path there = folder.resolve("there");
    if (inside.isEmpty()) {
      write(there, name, new byte[1]);
    } else {
      write(there.resolve(name), inside, new byte[1]);
    }
    List<Path> places = inside.isEmpty() ? List.of(there) : List.of(there, there.resolve(name));
    for (Path place : places) {
      assertThatThrownBy(() -> given(place).find(TINY, Split.TEST))
          .isInstanceOf(RunFailure.class)
          .hasMessageContaining("%s is another version of it", there.resolve(name))
          .hasMessageEndingWith("fetch https://example.org/cifar-10-binary.tar.gz");
    }
  }

  @Test
  void find_dataIsAFile_runFailureAskingForItsFolder() {
    Path file = write(folder, "test_batch.bin", TEST);

    assertThatThrownBy(() -> given(file).find(TINY, Split.TEST))
        .isInstanceOf(RunFailure.class)
        .hasMessage("--data %s is a file: name the folder that it lies in", file);
  }
}
