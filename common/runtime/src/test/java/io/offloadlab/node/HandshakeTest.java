package io.offloadlab.node;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.offloadlab.failure.RunFailure;
import io.offloadlab.nn.Engine;
import io.offloadlab.nn.Engines;
import io.offloadlab.strategy.LinkSpec;
import io.offloadlab.strategy.NodeId;
import io.offloadlab.wire.Frames;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Peers that are written here by hand, byte by byte. */
@Timeout(60)
class HandshakeTest {
  private static final int REJECT = 1;
  private static final int HELLO = 2;

  @TempDir private Path directory;

  private CloudNode cloud(int edges) {
    return CloudNode.start(
        CloudSettings.of(
            "127.0.0.1", 0, TestSystem.scenario(edges, LinkSpec.UNSHAPED), directory, 1));
  }

  private EdgeNode edge(int port, String name) {
    return EdgeNode.start(TestSystem.edgeSettings(port, name, directory));
  }

  private static void frame(DataOutputStream out, int version, int type, byte[] fields)
      throws IOException {
    out.writeBytes("OLAB");
    out.writeByte(version);
    out.writeByte(type);
    out.writeShort(0);
    out.writeInt(fields.length);
    out.writeInt(0);
    out.write(fields);
    out.flush();
  }

  private static String rejection(DataInputStream in) throws IOException {
    byte[] header = in.readNBytes(16);
    assertThat(header[5]).isEqualTo((byte) REJECT);
    return new String(in.readNBytes(in.readInt()), UTF_8);
  }

  @Test
  void edgeOfAnotherVersion_isToldSo_andOthersGoOn() throws IOException {
    try (CloudNode cloud = cloud(1)) {
      try (Socket old = new Socket(InetAddress.getLoopbackAddress(), cloud.port())) {
        frame(new DataOutputStream(old.getOutputStream()), 9, HELLO, new byte[] {1, 2, 3});
        DataInputStream in = new DataInputStream(old.getInputStream());

        assertThat(rejection(in)).contains("version 9").contains("same release");
        assertThat(in.read()).isEqualTo(-1);
      }
      try (EdgeNode edge = edge(cloud.port(), "late")) {
        cloud.awaitEdges(TestSystem.SOON);
        assertThat(edge.id()).isEqualTo(NodeId.edge(1));
      }
    }
  }

  @Test
  void refusedPeer_thatGoesOnSending_readsWhyAllTheSame() throws IOException {
    try (CloudNode cloud = cloud(1);
        Socket old = new Socket(InetAddress.getLoopbackAddress(), cloud.port())) {
      DataOutputStream out = new DataOutputStream(old.getOutputStream());
      DataInputStream in = new DataInputStream(old.getInputStream());
      frame(out, 9, HELLO, new byte[0]);
      byte[] begun = in.readNBytes(1);

      // Closed at once, the first of these would be answered by a reset, and the rest be lost.
      for (int i = 0; i < 100; i++) {
        out.write(new byte[1000]);
      }

      assertThat(begun).hasSize(1);
      assertThat(in.readAllBytes()).asString(UTF_8).contains("version 9");
    }
  }

  @Test
  void cloudOfAnotherVersion_refusesTheEdgeInOneLine() throws Exception {
    try (ServerSocket listening = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      CompletableFuture<Void> cloud =
          CompletableFuture.runAsync(
              () -> {
                try (Socket edge = listening.accept()) {
                  byte[] reason = "this cloud speaks version 9".getBytes(UTF_8);
                  byte[] fields = new byte[4 + reason.length];
                  fields[3] = (byte) reason.length;
                  System.arraycopy(reason, 0, fields, 4, reason.length);
                  frame(new DataOutputStream(edge.getOutputStream()), 9, REJECT, fields);
                  edge.getInputStream().readAllBytes();
                } catch (IOException e) {
                  throw new IllegalStateException(e);
                }
              });

      assertThatThrownBy(() -> edge(listening.getLocalPort(), "edge-1"))
          .isInstanceOf(RunFailure.class)
          .hasMessageContaining("refuses this edge: this cloud speaks version 9");
      cloud.join();
    }
  }

  @Test
  void whatIsNoEdge_isDisconnected_andOthersGoOn() throws IOException {
    try (CloudNode cloud = cloud(1)) {
      try (Socket browser = new Socket(InetAddress.getLoopbackAddress(), cloud.port())) {
        browser.getOutputStream().write("GET / HTTP/1.1\r\n\r\n".getBytes(UTF_8));
        assertThat(browser.getInputStream().read()).isEqualTo(-1);
      }
      try (Socket greedy = new Socket(InetAddress.getLoopbackAddress(), cloud.port())) {
        frame(
            new DataOutputStream(greedy.getOutputStream()), Frames.VERSION, HELLO, new byte[5000]);
        assertThat(greedy.getInputStream().read()).isEqualTo(-1);
      }
      try (EdgeNode edge = edge(cloud.port(), "late")) {
        cloud.awaitEdges(TestSystem.SOON);
        assertThat(edge.id()).isEqualTo(NodeId.edge(1));
      }
    }
  }

  @Test
  void edgeTooMany_isRefused() {
    try (CloudNode cloud = cloud(1);
        EdgeNode first = edge(cloud.port(), "first")) {
      assertThat(first.id()).isEqualTo(NodeId.edge(1));

      assertThatThrownBy(() -> edge(cloud.port(), "second"))
          .isInstanceOf(RunFailure.class)
          .hasMessageContaining("works with 1 edge(s) and has them all");
    }
  }

  @Test
  void edgeNamedAfterAPlace_getsIt_whoeverComesFirst() {
    try (CloudNode cloud = cloud(3);
        EdgeNode second = edge(cloud.port(), "edge-2");
        EdgeNode any = edge(cloud.port(), "any");
        EdgeNode again = edge(cloud.port(), "edge-2")) {
      assertThat(second.id()).isEqualTo(NodeId.edge(2));
      assertThat(any.id()).isEqualTo(NodeId.edge(1));
      assertThat(again.id()).isEqualTo(NodeId.edge(3));
    }
  }

  @Test
  void placeOfAnEdgeThatLeftBeforeAllCame_isFreeAgain() {
    try (CloudNode cloud = cloud(2)) {
      edge(cloud.port(), "edge-1").close();
      // The cloud sees the end of the first connection before or after the next one comes.
      try (EdgeNode one = edge(cloud.port(), "edge-1");
          EdgeNode other = edgeOnceThereIsRoom(cloud.port())) {
        cloud.awaitEdges(TestSystem.SOON);
        assertThat(one.id()).isNotEqualTo(other.id());
      }
    }
  }

  private EdgeNode edgeOnceThereIsRoom(int port) {
    while (true) {
      try {
        return edge(port, "other");
      } catch (RunFailure full) {
        assertThat(full).hasMessageContaining("has them all");
      }
    }
  }

  @Test
  void awaitEdges_whenOneIsMissing_namesHowMany() {
    try (CloudNode cloud = cloud(2);
        EdgeNode edge = edge(cloud.port(), "garage")) {
      assertThat(edge.id()).isNotNull();

      assertThatThrownBy(() -> cloud.awaitEdges(Duration.ofMillis(1)))
          .isInstanceOf(RunFailure.class)
          .hasMessageContaining("1 of 2 edge(s) missing")
          .hasMessageContaining("edge-1 (garage)")
          .hasMessageContaining("port " + cloud.port());
    }
  }

  @Test
  void start_onATakenPort_saysWhichAndWhatToDo() {
    try (CloudNode cloud = cloud(1)) {
      assertThatThrownBy(
              () ->
                  CloudNode.start(
                      CloudSettings.of(
                          "127.0.0.1",
                          cloud.port(),
                          TestSystem.scenario(1, LinkSpec.UNSHAPED),
                          directory,
                          1)))
          .isInstanceOf(RunFailure.class)
          .hasMessageContaining("port " + cloud.port())
          .hasMessageContaining("choose another");
    }
  }

  @Test
  void edge_withoutACloud_givesUpAfterItsDeadline() throws IOException {
    int nobody;
    try (ServerSocket closed = new ServerSocket(0)) {
      nobody = closed.getLocalPort();
    }
    EdgeSettings settings =
        new EdgeSettings(
            "127.0.0.1",
            nobody,
            "edge-1",
            Engine.Processor.CPU,
            Engines.AUTO,
            1,
            directory,
            Duration.ofMillis(300));

    assertThatThrownBy(() -> EdgeNode.start(settings))
        .isInstanceOf(RunFailure.class)
        .hasMessageContaining("no cloud answers at 127.0.0.1:" + nobody);
  }
}
