package io.offloadlab.data;

import static io.offloadlab.data.Fixtures.IMAGES;
import static io.offloadlab.data.Fixtures.cifarRecords;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataCacheTest {
  private static final byte[] TEST = cifarRecords(IMAGES, 1, 10, 1);
  private static final byte[] TRAIN = cifarRecords(IMAGES / 2, 1, 10, 2);

  @TempDir Path folder;
  private Path home;
  private Path cache;

  @BeforeEach
  void places() {
    home = folder.resolve("home");
    cache = home.resolve(".cache/offloadlab/data");
  }

  private DataStore store() {
    Downloader downloader =
        new Downloader(Duration.ofSeconds(5), Duration.ofSeconds(5), TransferMeter.ofTerminal());
    return DataStore.of(Optional.empty(), Map.of(), home).with(Optional.of(downloader));
  }

  private static byte[] officialArchive() throws IOException {
    Map<String, byte[]> files = new LinkedHashMap<>();
    files.put("cifar-10-batches-bin/data_batch_1.bin", TRAIN);
    files.put("cifar-10-batches-bin/readme.html", new byte[10]);
    files.put("cifar-10-batches-bin/test_batch.bin", TEST);
    files.put("cifar-10-batches-bin/data_batch_2.bin", TRAIN);
    return Fixtures.tarGz(files);
  }

  @Test
  void find_cacheThatCannotBeMade_isUnreachable() throws IOException {
    Files.writeString(home, "a file where the home directory should be");
    byte[] archive = officialArchive();
    try (DataServer server = new DataServer(archive)) {
      Dataset dataset = Fixtures.cifar10(server.file("tiny.tar.gz", archive));

      assertThat(store().find(dataset, Split.TEST))
          .isInstanceOfSatisfying(
              Lookup.Unreachable.class,
              u -> assertThat(u.reason()).contains("the cache cannot be used"));
    }
  }

  @Test
  void find_onTheHomePage_leavesTheDataSetInTheCacheAndNothingElse() throws IOException {
    byte[] archive = officialArchive();
    try (DataServer server = new DataServer(archive)) {
      Dataset dataset = Fixtures.cifar10(server.file("tiny.tar.gz", archive));
      DataStore store = store();

      ImageSet images = Fixtures.images(store.find(dataset, Split.TEST));
      store.find(dataset, Split.TRAIN);

      assertThat(images.size()).isEqualTo(IMAGES);
      assertThat(server.requests()).hasSize(1);
      Path cached = cache.resolve("cifar-10-batches-bin");
      assertThat(cached.resolve("test_batch.bin")).hasBinaryContent(TEST);
      try (Stream<Path> files = Files.list(cached)) {
        assertThat(files.map(f -> f.getFileName().toString()))
            .containsExactlyInAnyOrder(
                ".lock", "data_batch_1.bin", "data_batch_2.bin", "test_batch.bin");
      }
    }
  }

  @Test
  void find_archiveThatWantsToLeaveTheCache_isKeptInside() throws IOException {
    byte[] archive =
        Fixtures.tarGz(Map.of("../../../test_batch.bin", TEST, "../../evil.bin", TEST));
    try (DataServer server = new DataServer(archive)) {
      Dataset dataset = Fixtures.cifar10(server.file("tiny.tar.gz", archive));

      store().find(dataset, Split.TEST);

      try (Stream<Path> files = Files.walk(folder)) {
        assertThat(files.filter(Files::isRegularFile).filter(f -> !f.endsWith(".lock")))
            .containsExactly(cache.resolve("cifar-10-batches-bin/test_batch.bin"));
      }
    }
  }

  @Test
  void find_archiveWithoutTheFile_isUnreachable() throws IOException {
    byte[] archive = Fixtures.tarGz(Map.of("cifar-10-batches-bin/data_batch_1.bin", TRAIN));
    try (DataServer server = new DataServer(archive)) {
      Dataset dataset = Fixtures.cifar10(server.file("tiny.tar.gz", archive));

      assertThat(store().find(dataset, Split.TEST))
          .isInstanceOfSatisfying(
              Lookup.Unreachable.class,
              u -> assertThat(u.reason()).contains("does not hold [test_batch.bin]"));
    }
  }

  @Test
  void find_byTwoAtOnce_downloadsOnce() throws IOException {
    byte[] archive = officialArchive();
    try (DataServer server = new DataServer(archive)) {
      Dataset dataset = Fixtures.cifar10(server.file("tiny.tar.gz", archive));
      DataStore store = store();

      CompletableFuture<Lookup> one =
          CompletableFuture.supplyAsync(() -> store.find(dataset, Split.TEST));
      CompletableFuture<Lookup> two =
          CompletableFuture.supplyAsync(() -> store.find(dataset, Split.TEST));

      assertThat(one.join()).isInstanceOf(Lookup.Found.class);
      assertThat(two.join()).isInstanceOf(Lookup.Found.class);
      assertThat(server.requests()).hasSize(1);
    }
  }
}
