package io.offloadlab.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** Whatever comes from a socket: messages, or a decoder exception and nothing else; no leak. */
class FrameFuzzTest {
  private static final FrameLimits LIMITS = new FrameLimits(64 << 10, 64 << 10);
  private static final List<byte[]> FRAMES = frames();

  private static List<byte[]> frames() {
    UnpooledByteBufAllocator memory = new UnpooledByteBufAllocator(true);
    return SampleMessages.all(memory).stream()
        .map(
            message -> {
              EmbeddedChannel channel = FrameCodecTest.channel(memory);
              channel.writeOutbound(message);
              ByteBuf frame = Unpooled.buffer();
              for (ByteBuf b = channel.readOutbound(); b != null; b = channel.readOutbound()) {
                frame.writeBytes(b);
                b.release();
              }
              channel.finishAndReleaseAll();
              return ByteBufUtil.getBytes(frame);
            })
        .toList();
  }

  private static void survives(byte[] bytes, int cut) {
    UnpooledByteBufAllocator memory = new UnpooledByteBufAllocator(true);
    EmbeddedChannel channel = FrameCodecTest.channel(memory);
    Frames.accept(channel.pipeline(), LIMITS);
    try {
      int at = Math.min(cut, bytes.length);
      for (byte[] part :
          List.of(Arrays.copyOf(bytes, at), Arrays.copyOfRange(bytes, at, bytes.length))) {
        channel.writeInbound(memory.directBuffer(part.length + 1).writeBytes(part));
      }
    } catch (WireException expected) {
      assertThat(expected.getMessage()).isNotBlank().doesNotContain("\n");
    }
    for (Message m = channel.readInbound(); m != null; m = channel.readInbound()) {
      m.release();
    }
    channel.finishAndReleaseAll();
    assertThat(memory.metric().usedDirectMemory()).isZero();
  }

  @Property(tries = 500)
  void randomBytes(@ForAll @Size(max = 400) byte[] bytes, @ForAll @IntRange(max = 400) int cut) {
    survives(bytes, cut);
  }

  @Property(tries = 2000)
  void randomFieldsInAValidHeader(
      @ForAll @IntRange(min = 0, max = 20) byte type,
      @ForAll @Size(max = 200) byte[] fields,
      @ForAll @IntRange(max = 64) int payload,
      @ForAll @IntRange(max = 100) int cut) {
    ByteBuf frame = Unpooled.buffer();
    frame.writeInt(Frames.MAGIC).writeByte(Frames.VERSION).writeByte(type).writeShort(0);
    frame.writeInt(fields.length).writeInt(payload).writeBytes(fields).writeZero(payload);
    survives(ByteBufUtil.getBytes(frame), cut);
  }

  @Property(tries = 3000)
  void mutatedFrames(
      @ForAll @IntRange(max = 17) int which,
      @ForAll @Size(min = 1, max = 4) List<@IntRange(max = 100_000) Integer> places,
      @ForAll byte value,
      @ForAll @IntRange(max = 200) int cut) {
    byte[] frame = FRAMES.get(which).clone();
    places.forEach(p -> frame[p % frame.length] = value);
    survives(frame, cut);
  }

  @Property(tries = 500)
  void truncatedFrames(
      @ForAll @IntRange(max = 17) int which, @ForAll @IntRange(max = 100_000) int at) {
    byte[] frame = FRAMES.get(which);
    survives(Arrays.copyOf(frame, at % frame.length), at % 50);
  }
}
