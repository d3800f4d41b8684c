package io.offloadlab.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.ChannelFuture;
import io.netty.channel.embedded.EmbeddedChannel;
import org.junit.jupiter.api.Test;

class LinkEmulatorTest {
  private static final double AN_HOUR = 3600;

  private final UnpooledByteBufAllocator memory = new UnpooledByteBufAllocator(true);
  private final EmbeddedChannel channel = new EmbeddedChannel();
  private final LinkEmulator emulator = Frames.install(channel.pipeline());

  private Message.Probe crossing() {
    return new Message.Probe(1, 0, memory.directBuffer(8).writeZero(8));
  }

  @Test
  void unshapedLink_letsEverythingPassAtOnce() {
    emulator.emulate(Double.POSITIVE_INFINITY, 0);

    assertThat(channel.writeOutbound(crossing())).isTrue();
    channel.finishAndReleaseAll();
  }

  @Test
  void frameThatCrossesASlowLink_isHeldBack() {
    emulator.emulate(Double.POSITIVE_INFINITY, AN_HOUR);

    ChannelFuture written = channel.writeAndFlush(crossing());

    assertThat(written.isDone()).isFalse();
    assertThat(channel.outboundMessages()).isEmpty();
    channel.finishAndReleaseAll();
  }

  @Test
  void frameBesideTheLink_overtakesWhatIsHeldBack() {
    emulator.emulate(Double.POSITIVE_INFINITY, AN_HOUR);
    ChannelFuture before = channel.writeAndFlush(crossing());

    ChannelFuture beside = channel.writeAndFlush(new Message.Heartbeat(1));

    assertThat(beside.isSuccess()).isTrue();
    assertThat(before.isDone()).isFalse();
    channel.finishAndReleaseAll();
  }

  @Test
  void linkThatBecomesSlow_holdsBackWhatIsSentFromThenOn() {
    emulator.emulate(Double.POSITIVE_INFINITY, 0);
    ChannelFuture before = channel.writeAndFlush(crossing());

    emulator.emulate(Double.POSITIVE_INFINITY, AN_HOUR);
    ChannelFuture after = channel.writeAndFlush(crossing());

    assertThat(before.isDone()).isTrue();
    assertThat(after.isDone()).isFalse();
    channel.finishAndReleaseAll();
  }

  @Test
  void connectionThatCloses_releasesWhatIsHeldBackAndFailsItsPromise() {
    emulator.emulate(1, AN_HOUR);
    ChannelFuture written = channel.writeAndFlush(crossing());

    channel.finishAndReleaseAll();

    assertThat(written.isDone()).isTrue();
    assertThat(written.isSuccess()).isFalse();
    assertThat(memory.metric().usedDirectMemory()).isZero();
  }
}
