package io.offloadlab.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.offloadlab.failure.RunFailure;
import io.offloadlab.failure.UsageError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClaimedFolderTest {
  private static final int MANY = 16;

  @TempDir Path folder;

  @Test
  void named_somebodyElseHasIt_isRefusedUntilItIsGivenUp() {
    Path path = folder.resolve("out");
    try (ClaimedFolder first = ClaimedFolder.named("--out", path)) {
      assertThat(first.path()).isDirectory();
      assertThatThrownBy(() -> ClaimedFolder.named("--out", path))
          .isInstanceOf(UsageError.class)
          .hasMessageContaining("in use")
          .hasMessageContaining("--out");
    }

    ClaimedFolder.named("--out", path).close();
  }

  @Test
  void close_nothingWasWritten_removesWhatWasMadeAndNoMore() {
    ClaimedFolder.named("--out", folder.resolve("a/b/c")).close();

    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void close_somethingWasWritten_keepsIt() throws IOException {
    try (ClaimedFolder claimed = ClaimedFolder.named("--out", folder.resolve("a/b"))) {
      Files.writeString(claimed.path().resolve("file"), "kept");
    }

    try (var files = Files.list(folder.resolve("a/b"))) {
      assertThat(files).containsExactly(folder.resolve("a/b/file"));
    }
  }

  @Test
  void close_folderWasThereBefore_staysEvenIfEmpty() throws IOException {
    Path own = Files.createDirectory(folder.resolve("own"));

    ClaimedFolder.named("--out", own).close();

    assertThat(own).isEmptyDirectory();
  }

  @Test
  void fresh_manyAtOnce_everyOneHasItsOwn() throws Exception {
    Path wanted = folder.resolve("runs/run");
    ExecutorService threads = Executors.newFixedThreadPool(MANY);
    try {
      Callable<ClaimedFolder> claim = () -> ClaimedFolder.fresh("--out", wanted);
      List<Future<ClaimedFolder>> all = threads.invokeAll(Collections.nCopies(MANY, claim));

      assertThat(all)
          .extracting(f -> f.get().path())
          .doesNotHaveDuplicates()
          .contains(wanted, folder.resolve("runs/run-" + MANY));
      for (Future<ClaimedFolder> f : all) {
        f.get().close();
      }
    } finally {
      threads.shutdown();
    }
    try (var left = Files.walk(folder)) {
      assertThat(left).doesNotContain(wanted, folder.resolve("runs/run-2"));
    }
  }

  @Test
  void named_manyAtOnce_oneHasIt() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(MANY);
    try {
      Queue<ClaimedFolder> holders = new ConcurrentLinkedQueue<>();
      Callable<Void> claim =
          () -> {
            try {
              holders.add(ClaimedFolder.named("--out", folder.resolve("out")));
            } catch (UsageError e) {
              assertThat(e).hasMessageContaining("is in use");
            }
            System.gc();
            return null;
          };
      for (Future<Void> f : threads.invokeAll(Collections.nCopies(MANY, claim))) {
        f.get();
      }

      assertThat(holders).hasSize(1);
      holders.remove().close();
    } finally {
      threads.shutdown();
    }
  }

  @Test
  void named_aFileIsInTheWay_failsWithOneLineNamingTheOption() throws IOException {
    Path file = Files.createFile(folder.resolve("taken"));

    assertThatThrownBy(() -> ClaimedFolder.named("--out", file))
        .isInstanceOf(RunFailure.class)
        .hasMessage(
            "--out '%s' cannot be made or written to (a file of that name is in the way): name another place"
                .formatted(file));
  }

  @Test
  void ofFile_aNeighbour_isFree() {
    try (ClaimedFolder one = ClaimedFolder.ofFile("--out", folder.resolve("a.json"));
        ClaimedFolder other = ClaimedFolder.ofFile("--out", folder.resolve("b.json"))) {
      assertThat(one.path()).isEqualTo(other.path());
      assertThatThrownBy(() -> ClaimedFolder.ofFile("--out", folder.resolve("a.json")))
          .isInstanceOf(UsageError.class);
    }
    assertThat(folder).isEmptyDirectory();
  }
}
