package io.offloadlab.data;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.offloadlab.data.Dataset.RemoteFile;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A data set's home page on a free port of this machine, which misbehaves as it is told. */
final class DataServer implements AutoCloseable {
  /** How one request is answered; after the last one told, requests are answered well. */
  interface Answer {
    void to(HttpExchange exchange, byte[] content) throws IOException;
  }

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Queue<Answer> answers = new ConcurrentLinkedQueue<>();
  private final List<String> ranges = new CopyOnWriteArrayList<>();

  DataServer(byte[] content, Answer... answers) throws IOException {
    this.answers.addAll(new ArrayDeque<>(List.of(answers)));
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext(
        "/",
        exchange -> {
          String range = exchange.getRequestHeaders().getFirst("Range");
          ranges.add(range == null ? "all" : range);
          Answer told = this.answers.poll();
          try (exchange) {
            (told == null ? wellBehaved() : told).to(exchange, content);
          }
        });
    server.start();
  }

  /** The rest that was asked for, or everything. */
  static Answer wellBehaved() {
    return cutAfter(Integer.MAX_VALUE);
  }

  /** Announces what was asked for, and closes the connection after some bytes of it. */
  static Answer cutAfter(int bytes) {
    return (exchange, content) -> {
      String range = exchange.getRequestHeaders().getFirst("Range");
      int from =
          range == null
              ? 0
              : Integer.parseInt(range.substring("bytes=".length(), range.length() - 1));
      if (from > 0) {
        exchange
            .getResponseHeaders()
            .set(
                "Content-Range",
                String.format(
                    Locale.ROOT, "bytes %d-%d/%d", from, content.length - 1, content.length));
      }
      exchange.sendResponseHeaders(from > 0 ? 206 : 200, content.length - from);
      int end = (int) Math.min(content.length, (long) from + bytes);
      exchange.getResponseBody().write(Arrays.copyOfRange(content, from, end));
      exchange.getResponseBody().flush();
    };
  }

  /** Everything, whatever was asked for, as servers without ranges do. */
  static Answer withoutRanges() {
    return (exchange, content) -> {
      exchange.sendResponseHeaders(200, content.length);
      exchange.getResponseBody().write(content);
    };
  }

  /** A page of its own instead of the file. */
  static Answer page(int status, byte[] page) {
    return (exchange, content) -> {
      exchange.sendResponseHeaders(status, page.length);
      exchange.getResponseBody().write(page);
    };
  }

  /** The file as it should be described, under a name. */
  RemoteFile file(String name, byte[] content) {
    return new RemoteFile(
        URI.create(
            String.format(
                Locale.ROOT, "http://127.0.0.1:%d/%s", server.getAddress().getPort(), name)),
        content.length,
        sha256(content));
  }

  /** What was asked for so far: {@code all} or the range. */
  List<String> requests() {
    return List.copyOf(ranges);
  }

  static String sha256(byte[] content) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
