package io.offloadlab.wire;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;

/**
 * Messages to frames. Header and fields become one small buffer; the payload goes beside it as it
 * is, so that the socket gathers both and nothing is copied.
 */
final class FrameEncoder extends ChannelOutboundHandlerAdapter {
  private static final int TYPICAL_BYTES = 256;

  private final FieldWriter fields = new FieldWriter();

  @Override
  @SuppressWarnings("FutureReturnValueIgnored") // The promise tells.
  public void write(ChannelHandlerContext ctx, Object msg, ChannelPromise promise) {
    Message message = (Message) msg;
    FrameType type = FrameType.of(message);
    ByteBuf head = ctx.alloc().directBuffer(TYPICAL_BYTES);
    try {
      head.writeInt(Frames.MAGIC).writeByte(Frames.VERSION).writeByte(type.code()).writeShort(0);
      head.writeInt(0).writeInt(message.payload().readableBytes());
      type.write(message, fields.to(head));
      head.setInt(8, head.readableBytes() - Frames.HEADER_BYTES);
    } catch (RuntimeException e) {
      head.release();
      message.release();
      promise.setFailure(e);
      return;
    }
    ctx.write(new Frame(head, message.payload(), message.crossesLink()), promise);
  }
}
