package io.offloadlab.node;

import io.netty.buffer.Unpooled;
import io.offloadlab.graph.Shape;
import io.offloadlab.strategy.LinkSpec;
import io.offloadlab.wire.Message;
import io.offloadlab.wire.TensorPayload;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Tensors that go from a cloud to an edge of this process and back, over loopback and through all
 * that lies between the nodes of a live run: requests and answers, handlers, frames, sockets. The
 * edge computes nothing.
 */
public final class TensorTrips implements AutoCloseable {
  private final Path directory;
  private final TestSystem system;
  private final RemoteEdge edge;

  /** Starts the cloud and the edge. */
  public TensorTrips() {
    try {
      directory = Files.createTempDirectory("offloadlab-trips");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    system = TestSystem.start(TestSystem.scenario(1, LinkSpec.UNSHAPED), directory, directory);
    edge = system.cloud().remoteEdges().get(0);
  }

  /**
   * Round trips, one after the other: what came back goes on the next one. All but the first are
   * begun by the event loop that the one before ended on.
   *
   * @param values direct, from position to limit; a multiple of four bytes
   * @param times at least 1
   * @return what the last one brought back
   */
  public ByteBuffer trips(ByteBuffer values, int times) {
    Shape shape = Shape.of(values.remaining() / Float.BYTES);
    TensorPayload tensor = new TensorPayload(1, shape, Unpooled.wrappedBuffer(values.duplicate()));
    CompletableFuture<ByteBuffer> end = new CompletableFuture<>();
    go(tensor, times, end);
    return end.join();
  }

  private void go(TensorPayload tensor, int times, CompletableFuture<ByteBuffer> end) {
    var unused =
        edge.request(
                id -> new Message.Run(id, false, false, false, false, false, List.of(), tensor),
                Message.Ran.class)
            .whenComplete(
                (ran, failure) -> {
                  if (failure != null) {
                    end.completeExceptionally(failure);
                  } else if (times > 1) {
                    go(ran.tensor(), times - 1, end);
                  } else {
                    end.complete(copy(ran.tensor()));
                  }
                });
  }

  private static ByteBuffer copy(TensorPayload tensor) {
    ByteBuffer values = ByteBuffer.allocate(tensor.data().readableBytes());
    tensor.data().readBytes(values);
    tensor.release();
    return values.flip();
  }

  @Override
  public void close() {
    system.close();
    try {
      Files.delete(directory);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
