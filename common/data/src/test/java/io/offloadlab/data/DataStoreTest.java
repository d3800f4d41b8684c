package io.offloadlab.data;

import static io.offloadlab.data.Fixtures.IMAGES;
import static io.offloadlab.data.Fixtures.cifarRecords;
import static io.offloadlab.data.Fixtures.given;
import static io.offloadlab.data.Fixtures.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.offloadlab.data.Dataset.RemoteFile;
import io.offloadlab.failure.RunFailure;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataStoreTest {
  private static final byte[] TEST = cifarRecords(IMAGES, 1, 10, 1);
  private static final byte[] TRAIN = cifarRecords(IMAGES / 2, 1, 10, 2);

  @TempDir Path folder;
  private Path given;
  private Path variable;
  private Path home;
  private Path cache;

  @BeforeEach
  void places() {
    given = folder.resolve("given");
    variable = folder.resolve("variable");
    home = folder.resolve("home");
    cache = home.resolve(".cache/offloadlab/data");
  }

  private DataStore store(Optional<Path> data) {
    return DataStore.of(data, Map.of("OFFLOADLAB_DATA", variable.toString()), home);
  }

  private static DataStore online(DataStore store) {
    return store.with(
        Optional.of(
            new Downloader(
                Duration.ofSeconds(5), Duration.ofSeconds(5), TransferMeter.ofTerminal())));
  }

  private static String originOf(Lookup lookup) {
    return ((Lookup.Found) lookup).origin();
  }

  @Test
  void find_givenDirectory_goesBeforeEverythingElse() {
    write(given, "test_batch.bin", TEST);
    write(variable, "test_batch.bin", TEST);

    assertThat(originOf(store(Optional.of(given)).find(Fixtures.cifar10(), Split.TEST)))
        .isEqualTo(given.toString());
  }

  @Test
  void find_officialFolderName_isLookedInto() {
    write(given.resolve("cifar-10-batches-bin"), "test_batch.bin", TEST);

    assertThat(originOf(given(given).find(Fixtures.cifar10(), Split.TEST)))
        .isEqualTo(given.resolve("cifar-10-batches-bin").toString());
  }

  @Test
  void find_variable_goesBeforeTheCache_whichGoesBeforeTheHomePage() {
    Path cached = cache.resolve("cifar-10-batches-bin");
    write(cached, "test_batch.bin", TEST);
    assertThat(originOf(online(store(Optional.empty())).find(Fixtures.cifar10(), Split.TEST)))
        .isEqualTo(cached.toString());

    write(variable, "test_batch.bin", TEST);
    assertThat(originOf(store(Optional.empty()).find(Fixtures.cifar10(), Split.TEST)))
        .isEqualTo(variable.toString());
  }

  @Test
  void find_xdgCacheHome_isTheCacheIfItIsAbsolute() {
    Path xdg = folder.resolve("xdg");
    Path cached = xdg.resolve("offloadlab/data/cifar-10-batches-bin");
    write(cached, "test_batch.bin", TEST);

    Map<String, String> absolute = Map.of("XDG_CACHE_HOME", xdg.toString());
    assertThat(
            originOf(
                DataStore.of(Optional.empty(), absolute, home)
                    .find(Fixtures.cifar10(), Split.TEST)))
        .isEqualTo(cached.toString());
    Map<String, String> relative = Map.of("XDG_CACHE_HOME", "somewhere");
    assertThat(DataStore.of(Optional.empty(), relative, home).find(Fixtures.cifar10(), Split.TEST))
        .isInstanceOfSatisfying(
            Lookup.Unreachable.class, u -> assertThat(u.reason()).contains(cache.toString()));
  }

  @Test
  void find_givenDirectoryWithoutTheDataSet_namesItAndTheFilesLookedFor() {
    write(variable, "test_batch.bin", TEST);

    assertThatThrownBy(() -> store(Optional.of(given)).find(Fixtures.cifar10(), Split.TEST))
        .isInstanceOf(RunFailure.class)
        .hasMessageContaining("--data " + given)
        .hasMessageContaining("test_batch.bin, " + Path.of("cifar-10-batches-bin/test_batch.bin"));
  }

  @Test
  void find_givenDirectoryWithHalfOfASplit_doesNotHoldIt() {
    write(given, "data_batch_1.bin", TRAIN);

    assertThatThrownBy(() -> given(given).find(Fixtures.cifar10(), Split.TRAIN))
        .isInstanceOf(RunFailure.class)
        .hasMessageContaining("does not hold the train images");
  }

  @Test
  void find_nowhereAndOffline_saysWhyInOneLine() throws IOException {
    RemoteFile gone;
    try (DataServer server = new DataServer(TEST)) {
      gone = server.file("tiny.tar.gz", TEST);
    }

    Lookup lookup = online(store(Optional.empty())).find(Fixtures.cifar10(gone), Split.TEST);

    assertThat(lookup)
        .isInstanceOfSatisfying(
            Lookup.Unreachable.class,
            u ->
                assertThat(u.reason())
                    .contains(gone.address().getAuthority() + " does not answer")
                    .contains("$OFFLOADLAB_DATA (" + variable + ")")
                    .contains(cache.toString())
                    .contains("test_batch.bin")
                    .contains("--data DIR")
                    .doesNotContain("\n"));
  }

  @Test
  void named_findsEveryDataSetByItsName() {
    assertThat(Datasets.all())
        .allSatisfy(dataset -> assertThat(Datasets.named(dataset.name())).hasValue(dataset));
    assertThat(Datasets.named("cifar-1000")).isEmpty();
  }
}
