package io.offloadlab.data;

import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;

import io.offloadlab.data.Dataset.RemoteFile;
import io.offloadlab.files.Sha256;
import io.offloadlab.files.WholeFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;

/**
 * Fetches one file over HTTP, going on where an earlier attempt stopped, and checks it.
 *
 * <p>It stands on HttpURLConnection because that bounds every single read: a connection that falls
 * silent half-way ends the download instead of hanging it, which HttpClient cannot promise.
 */
final class Downloader {
  private static final int ATTEMPTS = 3;

  private final Duration connectTimeout;
  private final Duration readTimeout;
  private final TransferMeter meter;

  Downloader(Duration connectTimeout, Duration readTimeout, TransferMeter meter) {
    this.connectTimeout = connectTimeout;
    this.readTimeout = readTimeout;
    this.meter = meter;
  }

  /** Notices at once that there is no network, and is patient with a slow one. */
  static Downloader standard() {
    return new Downloader(
        Duration.ofSeconds(4), Duration.ofSeconds(20), TransferMeter.ofTerminal());
  }

  /** A failed download in words, for the end of a sentence. */
  static String explain(IOException e) {
    if (e instanceof FileSystemException) {
      return "the cache cannot be used (%s)".formatted(e);
    }
    return e.getMessage() == null ? e.toString() : e.getMessage().replace('\n', ' ');
  }

  /**
   * Fetches a file into a folder. What is there under the file's own name is whole and checked; an
   * unfinished download ends in {@code .part} and is kept for the next attempt.
   *
   * @throws IOException if the file cannot be fetched, or is not the one that was asked for
   */
  Path fetch(RemoteFile remote, Path folder) throws IOException {
    Path whole = folder.resolve(remote.name());
    if (Files.isRegularFile(whole)) {
      return whole;
    }
    Path part = folder.resolve(remote.name() + ".part");
    boolean resumed = size(part) > 0;
    transferAll(remote, part);
    String actual = Sha256.of(part);
    if (resumed && !actual.equals(remote.sha256())) {
      // What an earlier run left may be at fault: once more, from the start.
      Files.delete(part);
      transferAll(remote, part);
      actual = Sha256.of(part);
    }
    if (!actual.equals(remote.sha256())) {
      Files.delete(part);
      throw new IOException(
          "what %s sends has SHA-256 %s, not the published %s"
              .formatted(remote.address(), actual, remote.sha256()));
    }
    WholeFile.place(part, whole);
    return whole;
  }

  /** Resumes a broken connection as long as each attempt brings something. */
  private void transferAll(RemoteFile remote, Path part) throws IOException {
    for (int attempt = 1; ; attempt++) {
      long before = size(part);
      try {
        transfer(remote, part);
        return;
      } catch (IOException e) {
        if (attempt == ATTEMPTS || size(part) <= before) {
          throw e;
        }
      }
    }
  }

  private void transfer(RemoteFile remote, Path part) throws IOException {
    long have = size(part);
    if (have == remote.bytes()) {
      return;
    }
    if (have > remote.bytes()) {
      Files.delete(part);
      have = 0;
    }
    HttpURLConnection connection = open(remote.address(), have);
    try {
      int status = status(connection, remote.address());
      if (status == HttpURLConnection.HTTP_OK) {
        have = 0;
      } else if (status != HttpURLConnection.HTTP_PARTIAL
          || !startsAt(connection.getHeaderField("Content-Range"), have)) {
        throw new IOException(
            String.format(Locale.ROOT, "%s answers HTTP %d", remote.address(), status));
      }
      long announced = connection.getContentLengthLong();
      if (announced >= 0 && have + announced != remote.bytes()) {
        throw new IOException(
            String.format(
                Locale.ROOT,
                "%s offers %d bytes where the published file has %d",
                remote.address(),
                have + announced,
                remote.bytes()));
      }
      copy(connection, remote, part, have);
    } catch (SocketTimeoutException e) {
      throw new IOException(
          String.format(
              Locale.ROOT, "%s fell silent for %d s", remote.address(), readTimeout.toSeconds()),
          e);
    } finally {
      connection.disconnect();
    }
  }

  private void copy(HttpURLConnection connection, RemoteFile remote, Path part, long have)
      throws IOException {
    long total = have;
    byte[] chunk = new byte[1 << 16];
    try (InputStream in = connection.getInputStream();
        OutputStream out =
            Files.newOutputStream(part, CREATE, WRITE, have > 0 ? APPEND : TRUNCATE_EXISTING);
        TransferMeter.Transfer progress = meter.begin(remote, have)) {
      for (int n; (n = in.read(chunk)) >= 0; ) {
        if (n > remote.bytes() - total) {
          throw new IOException(
              String.format(
                  Locale.ROOT,
                  "%s sends more than the published %d bytes",
                  remote.address(),
                  remote.bytes()));
        }
        out.write(chunk, 0, n);
        total += n;
        progress.reached(total);
      }
    }
    // HttpURLConnection reports a connection that ended early as the end of the file.
    if (total < remote.bytes()) {
      throw new IOException(
          String.format(
              Locale.ROOT,
              "the connection to %s ended after %d of %d bytes (run again to resume)",
              remote.address(),
              total,
              remote.bytes()));
    }
  }

  private HttpURLConnection open(URI address, long from) throws IOException {
    HttpURLConnection connection = (HttpURLConnection) address.toURL().openConnection();
    connection.setConnectTimeout(Math.toIntExact(connectTimeout.toMillis()));
    connection.setReadTimeout(Math.toIntExact(readTimeout.toMillis()));
    connection.setRequestProperty("User-Agent", "OffloadLab");
    if (from > 0) {
      connection.setRequestProperty("Range", String.format(Locale.ROOT, "bytes=%d-", from));
    }
    return connection;
  }

  private static int status(HttpURLConnection connection, URI address) throws IOException {
    try {
      return connection.getResponseCode();
    } catch (UnknownHostException e) {
      throw new IOException(
          "the host %s cannot be found (offline?)".formatted(address.getHost()), e);
    } catch (IOException e) {
      throw new IOException(
          "%s does not answer (%s)".formatted(address.getAuthority(), e.getMessage()), e);
    }
  }

  private static boolean startsAt(String contentRange, long from) {
    return contentRange != null
        && contentRange.startsWith(String.format(Locale.ROOT, "bytes %d-", from));
  }

  private static long size(Path file) throws IOException {
    return Files.isRegularFile(file) ? Files.size(file) : 0;
  }
}
