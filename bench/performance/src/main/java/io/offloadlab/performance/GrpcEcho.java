package io.offloadlab.performance;

import io.grpc.CallOptions;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.InsecureServerCredentials;
import io.grpc.KnownLength;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.Server;
import io.grpc.ServerServiceDefinition;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * gRPC at its fastest: one stream that stays open, handlers on the event loop, and messages that
 * are their bytes (protobuf would copy them once more on either side).
 */
final class GrpcEcho implements AutoCloseable {
  private static final MethodDescriptor<byte[], byte[]> ECHO =
      MethodDescriptor.<byte[], byte[]>newBuilder()
          .setType(MethodDescriptor.MethodType.BIDI_STREAMING)
          .setFullMethodName("offloadlab.Echo/trip")
          .setRequestMarshaller(new Bytes())
          .setResponseMarshaller(new Bytes())
          .build();

  private final Server server;
  private final ManagedChannel channel;
  private final StreamObserver<byte[]> requests;
  private int left;
  private CompletableFuture<byte[]> end;

  GrpcEcho() {
    try {
      server =
          Grpc.newServerBuilderForPort(0, InsecureServerCredentials.create())
              .directExecutor()
              .addService(
                  ServerServiceDefinition.builder("offloadlab.Echo")
                      .addMethod(ECHO, ServerCalls.asyncBidiStreamingCall(GrpcEcho::answer))
                      .build())
              .build()
              .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    channel =
        Grpc.newChannelBuilderForAddress(
                "localhost", server.getPort(), InsecureChannelCredentials.create())
            .directExecutor()
            .build();
    requests =
        ClientCalls.asyncBidiStreamingCall(
            channel.newCall(ECHO, CallOptions.DEFAULT), observer(this::answered));
  }

  /** What {@link TransportBenchmark} asks for. */
  ByteBuffer trips(ByteBuffer values, int times) {
    byte[] bytes = new byte[values.remaining()];
    values.duplicate().get(bytes);
    left = times;
    end = new CompletableFuture<>();
    requests.onNext(bytes);
    return ByteBuffer.wrap(end.join());
  }

  private void answered(byte[] bytes) {
    left--;
    if (left == 0) {
      end.complete(bytes);
    } else {
      requests.onNext(bytes);
    }
  }

  private static StreamObserver<byte[]> answer(StreamObserver<byte[]> answers) {
    return observer(answers::onNext);
  }

  private static StreamObserver<byte[]> observer(Consumer<byte[]> next) {
    return new StreamObserver<>() {
      @Override
      public void onNext(byte[] bytes) {
        next.accept(bytes);
      }

      @Override
      public void onError(Throwable e) {}

      @Override
      public void onCompleted() {}
    };
  }

  @Override
  public void close() {
    channel.shutdownNow();
    server.shutdownNow();
  }

  /** A message that is its bytes. */
  private static final class Bytes implements MethodDescriptor.Marshaller<byte[]> {
    @Override
    public InputStream stream(byte[] bytes) {
      return new Known(bytes);
    }

    @Override
    public byte[] parse(InputStream stream) {
      try {
        byte[] bytes = new byte[stream.available()];
        int read = stream.readNBytes(bytes, 0, bytes.length);
        return read == bytes.length ? bytes : Arrays.copyOf(bytes, read);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** Lets gRPC size its frame beforehand. */
  private static final class Known extends ByteArrayInputStream implements KnownLength {
    Known(byte[] bytes) {
      super(bytes);
    }
  }
}
