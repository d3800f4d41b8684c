package io.offloadlab.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.embedded.EmbeddedChannel;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class PayloadReceiverTest {
  private static final int PAYLOAD_BYTES = 100_000;

  private final UnpooledByteBufAllocator memory = new UnpooledByteBufAllocator(true);
  private final EmbeddedChannel channel = FrameCodecTest.channel(memory);
  private ByteBuf frame;

  @BeforeEach
  void begin() {
    Frames.accept(channel.pipeline(), FrameLimits.DEFAULT);
    byte[] payload = new byte[PAYLOAD_BYTES];
    for (int i = 0; i < payload.length; i++) {
      payload[i] = (byte) (i * 31);
    }
    channel.writeOutbound(
        new Message.Probed(5, memory.directBuffer(payload.length).writeBytes(payload)));
    frame = memory.directBuffer();
    for (ByteBuf part = channel.readOutbound(); part != null; part = channel.readOutbound()) {
      frame.writeBytes(part);
      part.release();
    }
  }

  @AfterEach
  void everyBufferIsReleased() {
    frame.release();
    channel.finishAndReleaseAll();
    assertThat(memory.metric().usedDirectMemory()).isZero();
  }

  /** What a socket would read to. */
  private ByteBuf place() {
    return channel.unsafe().recvBufAllocHandle().allocate(memory);
  }

  @Test
  @DisplayName("What follows the beginning of a payload is read to where the message will have it")
  void theRestOfAPayloadIsReadInPlace() {
    channel.writeInbound(place().writeBytes(frame, 1000));
    ByteBuf place = place();
    assertThat(place.writableBytes()).isEqualTo(frame.readableBytes());
    channel.writeInbound(place.writeBytes(frame, 50_000));
    ByteBuf next = place();
    channel.writeInbound(next.writeBytes(frame, frame.readableBytes()));

    Message.Probed message = channel.readInbound();
    byte[] sent = ByteBufUtil.getBytes(frame, frame.writerIndex() - PAYLOAD_BYTES, PAYLOAD_BYTES);
    assertThat(next).isSameAs(place).isSameAs(message.payload());
    assertThat(ByteBufUtil.getBytes(message.payload())).isEqualTo(sent);
    assertThat(message.refCnt()).isEqualTo(1);
    message.release();
  }

  @Test
  @DisplayName("A connection that ends within a payload leaves nothing behind")
  void anEndWithinAPayloadLeavesNothing() {
    channel.writeInbound(place().writeBytes(frame, 1000));
    ByteBuf place = place();

    channel.finishAndReleaseAll();
    place.writeBytes(frame, 1);
    place.release();
  }

  @Test
  @DisplayName("Memory of a large payload is used again for the next one, also a smaller one")
  void memoryIsUsedAgain() {
    PayloadMemory payloads = new PayloadMemory();
    ByteBuf first = payloads.take(memory, PAYLOAD_BYTES);
    first.writeInt(7).release();
    long before = memory.metric().usedDirectMemory();

    ByteBuf second = payloads.take(memory, PAYLOAD_BYTES - 5);

    assertThat(memory.metric().usedDirectMemory()).isEqualTo(before);
    assertThat(second.getInt(0)).isEqualTo(7);
    assertThat(second.writerIndex()).isZero();
    assertThat(second.maxCapacity()).isEqualTo(PAYLOAD_BYTES - 5);
    payloads.close();
    second.release();
  }
}
