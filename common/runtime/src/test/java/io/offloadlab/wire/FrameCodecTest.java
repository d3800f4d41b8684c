package io.offloadlab.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.embedded.EmbeddedChannel;
import io.offloadlab.graph.Shape;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class FrameCodecTest {
  private final UnpooledByteBufAllocator memory = new UnpooledByteBufAllocator(true);
  private final EmbeddedChannel channel = channel(memory);

  static EmbeddedChannel channel(UnpooledByteBufAllocator memory) {
    EmbeddedChannel channel = new EmbeddedChannel();
    channel.config().setAllocator(memory);
    Frames.install(channel.pipeline());
    return channel;
  }

  @AfterEach
  void everyBufferIsReleased() {
    channel.finishAndReleaseAll();
    assertThat(memory.metric().usedDirectMemory()).isZero();
  }

  static Stream<Integer> everyMessage() {
    UnpooledByteBufAllocator scratch = new UnpooledByteBufAllocator(true);
    List<Message> all = SampleMessages.all(scratch);
    all.forEach(Message::release);
    return IntStream.range(0, all.size()).boxed();
  }

  private Message sample(int index) {
    List<Message> all = SampleMessages.all(memory);
    for (int i = 0; i < all.size(); i++) {
      if (i != index) {
        all.get(i).release();
      }
    }
    return all.get(index);
  }

  /** Bytes of a message's frame; the message is released. */
  private byte[] encoded(Message message) {
    channel.writeOutbound(message);
    ByteBuf frame = Unpooled.buffer();
    for (ByteBuf part = channel.readOutbound(); part != null; part = channel.readOutbound()) {
      frame.writeBytes(part);
      part.release();
    }
    return ByteBufUtil.getBytes(frame);
  }

  private void receive(byte[] bytes) {
    channel.writeInbound(memory.directBuffer(Math.max(1, bytes.length)).writeBytes(bytes));
  }

  private Object received() {
    return channel.readInbound();
  }

  private void afterTheHandshake() {
    Frames.accept(channel.pipeline(), FrameLimits.DEFAULT);
  }

  @ParameterizedTest
  @MethodSource("everyMessage")
  void anyMessage_writtenAndRead_isTheSame(int index) {
    afterTheHandshake();
    Message original = sample(index);
    byte[] payload = ByteBufUtil.getBytes(original.payload());

    receive(encoded(original));

    Message read = channel.readInbound();
    assertThat(read)
        .usingRecursiveComparison()
        .ignoringFieldsOfTypesMatchingRegexes(".*ByteBuf.*")
        .isEqualTo(original);
    assertThat(ByteBufUtil.getBytes(read.payload())).isEqualTo(payload);
    read.release();
  }

  @ParameterizedTest
  @MethodSource("everyMessage")
  void anyMessage_arrivingByteByByte_isReadOnce(int index) {
    afterTheHandshake();

    for (byte b : encoded(sample(index))) {
      receive(new byte[] {b});
    }

    Message read = channel.readInbound();
    assertThat(read).isNotNull();
    read.release();
    assertThat(received()).isNull();
  }

  @Test
  void twoFramesInOneRead_areTwoMessages() {
    byte[] first = encoded(new Message.Hello("a", 1, 2, 3));
    byte[] second = encoded(new Message.Heartbeat(4));

    receive(ByteBufUtil.getBytes(Unpooled.wrappedBuffer(first, second)));

    assertThat(received()).isEqualTo(new Message.Hello("a", 1, 2, 3));
    assertThat(received()).isEqualTo(new Message.Heartbeat(4));
  }

  @Test
  void run_asBytes_isAsTheDiagramSays() {
    ByteBuf values = memory.directBuffer(8).writeFloatLE(1.5f).writeFloatLE(-2);

    byte[] frame =
        encoded(
            new Message.Run(
                5,
                false,
                true,
                true,
                true,
                false,
                List.of(new Message.Step("head", 2)),
                new TensorPayload(1, Shape.of(2), values)));

    assertThat(ByteBufUtil.hexDump(frame))
        .isEqualTo(
            "4f4c4142" // OLAB
                + "06" // version
                + "11" // type 17
                + "0000"
                + "0000002a" // bytes of fields
                + "00000008" // bytes of payload
                + "0000000000000005" // id
                + "00" // does not arise here
                + "01" // stays here
                + "01" // the task ends with it
                + "01" // more steps follow
                + "00" // and are not asked for
                + "00000001" // one step
                + "00000004" // name
                + "68656164"
                + "00000002" // cores
                + "00" // along the chain
                + "00000001" // batch
                + "00000001" // one extent
                + "00000002"
                + "0000c03f" // 1.5
                + "000000c0"); // -2
  }

  @Test
  void anyFrameButASmallOne_beforeTheHandshake_isRefused() {
    byte[] weights =
        encoded(new Message.Weights(SampleMessages.HASH, memory.directBuffer(8).writeZero(8)));

    assertThatThrownBy(() -> receive(weights))
        .isInstanceOf(WireException.class)
        .hasMessageContaining("WEIGHTS")
        .hasMessageContaining("8 bytes of payload is over the limit of 0");
  }

  @Test
  void frameOverTheLimit_isRefusedByItsHeaderAlone() {
    afterTheHandshake();
    byte[] header =
        encoded(new Message.Weights(SampleMessages.HASH, memory.directBuffer(8).writeZero(8)));
    header[12] = 0x7f;
    byte[] headerOnly = Arrays.copyOf(header, Frames.HEADER_BYTES);

    assertThatThrownBy(() -> receive(headerOnly))
        .isInstanceOf(WireException.class)
        .hasMessageContaining("over the limit of 67108864");
    assertThat(memory.metric().usedDirectMemory()).isZero();
  }

  @Test
  void frameOfAnotherVersion_isRefusedNamingBoth() {
    byte[] hello = encoded(new Message.Hello("a", 1, 2, 3));
    hello[4] = 9;

    assertThatThrownBy(() -> receive(hello))
        .isInstanceOfSatisfying(WireException.class, e -> assertThat(e.isOtherVersion()).isTrue())
        .hasMessageContaining("version 9")
        .hasMessageContaining("version " + Frames.VERSION);
  }

  @Test
  void rejectOfAnotherVersion_isUnderstood() {
    byte[] reject = encoded(new Message.Reject("too old"));
    reject[4] = 9;

    receive(reject);

    assertThat(received()).isEqualTo(new Message.Reject("too old"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET / HTTP/1.1\r\nHost: x\r\n\r\n", "0123456789abcdef"})
  void whatIsNoFrame_isRefused(String text) {
    assertThatThrownBy(() -> receive(text.getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(WireException.class)
        .hasMessageContaining("no OffloadLab frame");
  }

  @Test
  void whatFollowsABrokenFrame_isDiscarded() {
    byte[] hello = encoded(new Message.Hello("a", 1, 2, 3));
    assertThatThrownBy(() -> receive(new byte[Frames.HEADER_BYTES]))
        .isInstanceOf(WireException.class);

    receive(hello);

    assertThat(received()).isNull();
  }

  @Test
  void tensorWhoseShapeIsNotItsPayload_isRefused() {
    afterTheHandshake();
    byte[] run =
        encoded(
            new Message.Run(
                1,
                false,
                false,
                false,
                false,
                false,
                List.of(),
                new TensorPayload(1, Shape.of(2), memory.directBuffer(8).writeZero(8))));
    run[run.length - 8 - 1] = 3;

    assertThatThrownBy(() -> receive(run))
        .isInstanceOf(WireException.class)
        .hasMessageContaining("does not take 8 bytes");
  }

  @Test
  void tensorOfNineDimensions_isRefused_ofFourIsNot() {
    afterTheHandshake();
    byte[] most = encoded(run(Shape.of(2, 1, 1, 1)));
    byte[] more = encoded(run(Shape.of(2, 1, 1, 1, 1, 1, 1, 1, 1)));

    assertThatCode(() -> receive(most)).doesNotThrowAnyException();
    assertThatThrownBy(() -> receive(more))
        .isInstanceOf(WireException.class)
        .hasMessageContaining("number of dimensions is 9, not in 1..8");
  }

  private Message.Run run(Shape shape) {
    TensorPayload tensor = new TensorPayload(1, shape, memory.directBuffer(8).writeZero(8));
    return new Message.Run(1, false, false, false, false, false, List.of(), tensor);
  }

  @Test
  void connectionClosedInTheMiddleOfAFrame_releasesWhatCame() {
    afterTheHandshake();
    byte[] weights =
        encoded(new Message.Weights(SampleMessages.HASH, memory.directBuffer(500).writeZero(500)));

    receive(Arrays.copyOf(weights, 300));
    assertThat(memory.metric().usedDirectMemory()).isPositive();

    channel.close().syncUninterruptibly();
    assertThat(memory.metric().usedDirectMemory()).isZero();
  }
}
