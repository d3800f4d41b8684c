package io.offloadlab.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.Locale;

/**
 * Bytes to messages. Each payload is gathered in a buffer of exactly its own size, so that a tensor
 * lies contiguous in memory that is its own and can be computed on where it is. (Netty's
 * length-field decoder grows one buffer by doubling, which copies a large tensor several times.)
 * What comes after the first piece of a payload is not copied at all: {@link PayloadReceiver} has
 * the socket read to {@link #unread}.
 *
 * <p>After the first frame that is not what the protocol allows, everything that follows is
 * discarded: the stream has lost its framing.
 */
final class FrameDecoder extends ChannelInboundHandlerAdapter {
  /** Fields of frames that carry tensors fit; those of others may take a buffer of their own. */
  private static final int USUAL_BYTES = 1 << 10;

  private final ByteBuf header = Unpooled.buffer(Frames.HEADER_BYTES, Frames.HEADER_BYTES);
  private final ByteBuf usual = Unpooled.buffer(USUAL_BYTES, USUAL_BYTES);
  private final PayloadMemory memory = new PayloadMemory();
  private final FieldReader reader = new FieldReader();
  private FrameLimits limits = FrameLimits.HANDSHAKE;
  private FrameType type;
  private int fieldBytes;
  private ByteBuf fields;
  private ByteBuf payload;
  private boolean broken;

  void accept(FrameLimits newLimits) {
    limits = newLimits;
  }

  /** The payload that is being read, with as much room as it still needs; or null. */
  ByteBuf unread() {
    return payload != null && fields.writerIndex() == fieldBytes ? payload : null;
  }

  @Override
  @SuppressWarnings("ReferenceEquality") // Whether the socket has read into the payload itself.
  public void channelRead(ChannelHandlerContext ctx, Object msg) {
    ByteBuf in = (ByteBuf) msg;
    try {
      if (in == payload) {
        if (!payload.isWritable()) {
          ctx.fireChannelRead(finish());
        }
        return;
      }
      while (in.isReadable() && !broken) {
        Message message = decode(ctx, in);
        if (message != null) {
          ctx.fireChannelRead(message);
        }
      }
    } catch (WireException e) {
      broken = true;
      ctx.fireExceptionCaught(e);
    } finally {
      in.release();
    }
  }

  /** The next message, or null if its frame is not complete yet. */
  private Message decode(ChannelHandlerContext ctx, ByteBuf in) {
    if (fields == null) {
      fill(header, in, Frames.HEADER_BYTES);
      if (header.isWritable()) {
        return null;
      }
      begin(ctx);
    }
    if (!fill(fields, in, fieldBytes) || !fill(payload, in, payload.capacity())) {
      return null;
    }
    return finish();
  }

  private static boolean fill(ByteBuf to, ByteBuf from, int size) {
    to.writeBytes(from, Math.min(size - to.writerIndex(), from.readableBytes()));
    return to.writerIndex() == size;
  }

  private void begin(ChannelHandlerContext ctx) {
    int magic = header.readInt();
    int version = header.readUnsignedByte();
    byte code = header.readByte();
    int zero = header.readUnsignedShort();
    fieldBytes = header.readInt();
    int payloadBytes = header.readInt();
    header.clear();
    if (magic != Frames.MAGIC) {
      throw new WireException(
          String.format(
              Locale.ROOT, "what came is no OffloadLab frame: it begins with %08x", magic));
    }
    type = FrameType.of(code);
    if (version != Frames.VERSION && type != FrameType.REJECT) {
      throw WireException.otherVersion(version);
    }
    if (type == null || zero != 0) {
      throw new WireException(
          String.format(Locale.ROOT, "there is no frame type %d.%d", code, zero));
    }
    if (payloadBytes != 0 && !type.hasPayload()) {
      throw new WireException("a %s frame has no payload".formatted(type));
    }
    requireSize("fields", fieldBytes, limits.maxFieldBytes());
    requireSize("payload", payloadBytes, limits.maxPayloadBytes());
    fields =
        fieldBytes <= USUAL_BYTES
            ? usual.retain().clear()
            : ctx.alloc().heapBuffer(fieldBytes, fieldBytes);
    payload = payloadBytes == 0 ? Unpooled.EMPTY_BUFFER : memory.take(ctx.alloc(), payloadBytes);
  }

  private void requireSize(String what, int bytes, int most) {
    if (bytes < 0 || bytes > most) {
      throw new WireException(
          String.format(
              Locale.ROOT,
              "a %s frame of %d bytes of %s is over the limit of %d",
              type,
              Integer.toUnsignedLong(bytes),
              what,
              most));
    }
  }

  private Message finish() {
    ByteBuf body = fields;
    ByteBuf data = payload;
    fields = null;
    payload = null;
    Message message = null;
    try {
      message = type.read(reader.of(body), data);
      if (body.isReadable()) {
        throw new WireException(
            String.format(
                Locale.ROOT, "a %s frame has %d bytes too many", type, body.readableBytes()));
      }
      data = null;
      return message;
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw new WireException("a %s frame is not valid: %s".formatted(type, e.getMessage()));
    } finally {
      body.release();
      if (data != null) {
        data.release();
      }
    }
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext ctx) {
    broken = true;
    memory.close();
    if (fields != null) {
      fields.release();
      payload.release();
      fields = null;
      payload = null;
    }
  }
}
