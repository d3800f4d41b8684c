package io.offloadlab.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.offloadlab.data.Dataset.RemoteFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DownloaderTest {
  private static final byte[] CONTENT = Fixtures.randomBytes(300_000, 1);

  @TempDir Path folder;

  private final Downloader downloader =
      new Downloader(Duration.ofSeconds(5), Duration.ofSeconds(5), TransferMeter.ofTerminal());

  @Test
  void fetch_aFile_isThereWholeUnderItsName() throws IOException {
    try (DataServer server = new DataServer(CONTENT)) {
      Path file = downloader.fetch(server.file("a.bin", CONTENT), folder);

      assertThat(file).isEqualTo(folder.resolve("a.bin")).hasBinaryContent(CONTENT);
      assertThat(folder.resolve("a.bin.part")).doesNotExist();
    }
  }

  @Test
  void fetch_aFileThatIsThere_asksNobody() throws IOException {
    try (DataServer server = new DataServer(CONTENT)) {
      downloader.fetch(server.file("a.bin", CONTENT), folder);
      downloader.fetch(server.file("a.bin", CONTENT), folder);

      assertThat(server.requests()).containsExactly("all");
    }
  }

  @Test
  void fetch_afterAnInterruptedRun_asksForTheRestOnly() throws IOException {
    Fixtures.write(folder, "a.bin.part", Arrays.copyOf(CONTENT, 123_456));
    try (DataServer server = new DataServer(CONTENT)) {
      Path file = downloader.fetch(server.file("a.bin", CONTENT), folder);

      assertThat(file).hasBinaryContent(CONTENT);
      assertThat(server.requests()).containsExactly("bytes=123456-");
    }
  }

  @Test
  void fetch_connectionThatEndsEarly_goesOnWhereItStopped() throws IOException {
    try (DataServer server = new DataServer(CONTENT, DataServer.cutAfter(100_000))) {
      Path file = downloader.fetch(server.file("a.bin", CONTENT), folder);

      assertThat(file).hasBinaryContent(CONTENT);
      assertThat(server.requests()).containsExactly("all", "bytes=100000-");
    }
  }

  @Test
  void fetch_serverGoneHalfWay_keepsThePartAndSaysWhereItStopped() throws IOException {
    try (DataServer server =
        new DataServer(CONTENT, DataServer.cutAfter(100_000), DataServer.cutAfter(0))) {
      RemoteFile file = server.file("a.bin", CONTENT);

      assertThatThrownBy(() -> downloader.fetch(file, folder))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("100000 of 300000 bytes");
      assertThat(folder.resolve("a.bin")).doesNotExist();
      assertThat(folder.resolve("a.bin.part")).hasBinaryContent(Arrays.copyOf(CONTENT, 100_000));
    }
  }

  @Test
  void fetch_serverWithoutRanges_startsAgain() throws IOException {
    Fixtures.write(folder, "a.bin.part", new byte[1_000]);
    try (DataServer server = new DataServer(CONTENT, DataServer.withoutRanges())) {
      Path file = downloader.fetch(server.file("a.bin", CONTENT), folder);

      assertThat(file).hasBinaryContent(CONTENT);
    }
  }

  @Test
  void fetch_afterAnInterruptedRunThatLeftRubbish_startsAgain() throws IOException {
    Fixtures.write(folder, "a.bin.part", new byte[1_000]);
    try (DataServer server = new DataServer(CONTENT)) {
      Path file = downloader.fetch(server.file("a.bin", CONTENT), folder);

      assertThat(file).hasBinaryContent(CONTENT);
      assertThat(server.requests()).containsExactly("bytes=1000-", "all");
    }
  }

  @Test
  void fetch_partLongerThanTheFile_startsAgain() throws IOException {
    Fixtures.write(folder, "a.bin.part", new byte[CONTENT.length + 1]);
    try (DataServer server = new DataServer(CONTENT)) {
      assertThat(downloader.fetch(server.file("a.bin", CONTENT), folder)).hasBinaryContent(CONTENT);
    }
  }

  @Test
  void fetch_otherContentsOfTheSameLength_areRefusedAndRemoved() throws IOException {
    byte[] published = Fixtures.randomBytes(CONTENT.length, 2);
    try (DataServer server = new DataServer(CONTENT)) {
      assertThatThrownBy(() -> downloader.fetch(server.file("a.bin", published), folder))
          .isInstanceOf(IOException.class)
          .hasMessageContaining(DataServer.sha256(CONTENT))
          .hasMessageContaining(DataServer.sha256(published));
      assertThat(folder).isEmptyDirectory();
    }
  }

  @Test
  void fetch_anotherPageInstead_isRefusedByItsLength() throws IOException {
    byte[] page = "please log in to this network".getBytes(StandardCharsets.UTF_8);
    try (DataServer server = new DataServer(CONTENT, DataServer.page(200, page))) {
      assertThatThrownBy(() -> downloader.fetch(server.file("a.bin", CONTENT), folder))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("offers 29 bytes where the published file has 300000");
      assertThat(folder).isEmptyDirectory();
    }
  }

  @Test
  void fetch_endlessAnswer_stopsAtThePublishedLength() throws IOException {
    DataServer.Answer endless =
        (exchange, content) -> {
          exchange.sendResponseHeaders(200, 0); // chunked: no length
          while (true) {
            exchange.getResponseBody().write(content);
          }
        };
    try (DataServer server = new DataServer(CONTENT, endless, endless, endless)) {
      assertThatThrownBy(() -> downloader.fetch(server.file("a.bin", CONTENT), folder))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("more than the published 300000 bytes");
      assertThat(Files.size(folder.resolve("a.bin.part"))).isLessThanOrEqualTo(CONTENT.length);
    }
  }

  @Test
  void fetch_missingFile_namesTheStatus() throws IOException {
    try (DataServer server = new DataServer(CONTENT, DataServer.page(404, new byte[1]))) {
      assertThatThrownBy(() -> downloader.fetch(server.file("a.bin", CONTENT), folder))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("a.bin answers HTTP 404");
    }
  }

  @Test
  void fetch_nobodyListening_saysWhoDoesNotAnswer() throws IOException {
    RemoteFile file;
    try (DataServer server = new DataServer(CONTENT)) {
      file = server.file("a.bin", CONTENT);
    }

    assertThatThrownBy(() -> downloader.fetch(file, folder))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(file.address().getAuthority() + " does not answer");
  }

  @Test
  void fetch_serverThatFallsSilent_ends() throws IOException {
    CountDownLatch over = new CountDownLatch(1);
    DataServer.Answer silent =
        (exchange, content) -> {
          exchange.sendResponseHeaders(200, content.length);
          exchange.getResponseBody().flush();
          try {
            over.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        };
    Downloader impatient =
        new Downloader(Duration.ofSeconds(5), Duration.ofMillis(100), TransferMeter.ofTerminal());
    try (DataServer server = new DataServer(CONTENT, silent)) {
      assertThatThrownBy(() -> impatient.fetch(server.file("a.bin", CONTENT), folder))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("fell silent");
    } finally {
      over.countDown();
    }
  }
}
