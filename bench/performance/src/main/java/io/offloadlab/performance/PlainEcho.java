package io.offloadlab.performance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;

/** Two blocking sockets and direct buffers: the least that a round trip takes in Java. */
final class PlainEcho implements AutoCloseable {
  private final int bytes;
  private final ServerSocketChannel listening;
  private final SocketChannel client;
  private final ByteBuffer sent;

  PlainEcho(int bytes) {
    this.bytes = bytes;
    this.sent = ByteBuffer.allocateDirect(bytes);
    try {
      listening = ServerSocketChannel.open();
      listening.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      Thread server = new Thread(this::serve, "plain echo");
      server.setDaemon(true);
      server.start();
      client = SocketChannel.open(listening.getLocalAddress());
      client.setOption(StandardSocketOptions.TCP_NODELAY, true);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What {@link TransportBenchmark} asks for. */
  ByteBuffer trips(ByteBuffer values, int times) {
    sent.clear().put(values.duplicate());
    try {
      for (int i = 0; i < times; i++) {
        write(client, sent.clear());
        read(client, sent.clear());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return sent.flip();
  }

  private void serve() {
    ByteBuffer buffer = ByteBuffer.allocateDirect(bytes);
    try (SocketChannel peer = listening.accept()) {
      peer.setOption(StandardSocketOptions.TCP_NODELAY, true);
      while (read(peer, buffer.clear())) {
        write(peer, buffer.clear());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void write(SocketChannel channel, ByteBuffer buffer) throws IOException {
    while (buffer.hasRemaining()) {
      channel.write(buffer);
    }
  }

  private static boolean read(SocketChannel channel, ByteBuffer buffer) throws IOException {
    while (buffer.hasRemaining()) {
      if (channel.read(buffer) < 0) {
        return false;
      }
    }
    return true;
  }

  @Override
  public void close() {
    try {
      client.close();
      listening.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
