package io.offloadlab.wire;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;

/**
 * An encoded message on its way to the socket. Owns both buffers until it is written or released.
 *
 * @param head header and fields
 * @param payload may be empty
 * @param crossesLink whether it is traffic of the emulated link
 */
record Frame(ByteBuf head, ByteBuf payload, boolean crossesLink) {
  long bytes() {
    return (long) head.readableBytes() + payload.readableBytes();
  }

  @SuppressWarnings("FutureReturnValueIgnored") // The promise tells; without its head no payload.
  void write(ChannelHandlerContext ctx, ChannelPromise promise) {
    if (payload.isReadable()) {
      ctx.write(head);
      ctx.write(payload, promise);
    } else {
      payload.release();
      ctx.write(head, promise);
    }
  }

  void release() {
    head.release();
    payload.release();
  }
}
