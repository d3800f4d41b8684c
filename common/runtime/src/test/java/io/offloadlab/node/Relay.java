package io.offloadlab.node;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

/** Stands between edges and a cloud, counts what goes to the edges, and can cut the lines. */
final class Relay implements AutoCloseable {
  private final ServerSocket listening;
  private final int target;
  private final List<Socket> open = new CopyOnWriteArrayList<>();
  private final AtomicLong bytesToEdges = new AtomicLong();
  private final AtomicLongArray toEdges = new AtomicLongArray(128);
  private final AtomicLongArray fromEdges = new AtomicLongArray(128);

  Relay(int target) throws IOException {
    this.target = target;
    this.listening = new ServerSocket(0, 8, InetAddress.getLoopbackAddress());
    daemon(this::accept);
  }

  int port() {
    return listening.getLocalPort();
  }

  /** Bytes that went from the cloud to edges. */
  long bytesToEdges() {
    return bytesToEdges.get();
  }

  /** Frames of a type (as numbered on the wire) that came from edges. */
  long framesFromEdges(int type) {
    return fromEdges.get(type);
  }

  /** Frames of a type that went to edges. */
  long framesToEdges(int type) {
    return toEdges.get(type);
  }

  /** Finds the frames in one direction of one connection: see the diagram in {@code Frames}. */
  private static final class FrameCounter {
    private static final int HEADER_BYTES = 16;

    private final AtomicLongArray byType;
    private final ByteBuffer header = ByteBuffer.allocate(HEADER_BYTES);
    private long toSkip;

    FrameCounter(AtomicLongArray byType) {
      this.byType = byType;
    }

    void took(byte[] buffer, int length) {
      for (int i = 0; i < length; i++) {
        if (toSkip > 0) {
          toSkip--;
          continue;
        }
        header.put(buffer[i]);
        if (!header.hasRemaining()) {
          byType.incrementAndGet(header.get(5));
          toSkip = (long) header.getInt(8) + header.getInt(12);
          header.clear();
        }
      }
    }
  }

  private static void daemon(Runnable work) {
    Thread thread = new Thread(work, "relay");
    thread.setDaemon(true);
    thread.start();
  }

  private void accept() {
    try {
      while (true) {
        Socket edge = listening.accept();
        Socket cloud = new Socket(InetAddress.getLoopbackAddress(), target);
        open.add(edge);
        open.add(cloud);
        daemon(() -> pump(edge, cloud, new FrameCounter(fromEdges)));
        daemon(() -> pump(cloud, edge, new FrameCounter(toEdges)));
      }
    } catch (SocketException closed) {
      // That is how accepting ends.
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void pump(Socket from, Socket to, FrameCounter frames) {
    byte[] buffer = new byte[64 << 10];
    try (InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream()) {
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        frames.took(buffer, n);
        if (frames.byType == toEdges) {
          bytesToEdges.addAndGet(n);
        }
        out.write(buffer, 0, n);
        out.flush();
      }
    } catch (SocketException closed) {
      // The other direction, or the test, closed it.
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Every connection breaks, and no new one comes about. */
  void cut() throws IOException {
    close();
  }

  @Override
  public void close() throws IOException {
    listening.close();
    for (Socket socket : open) {
      socket.close();
    }
  }
}
