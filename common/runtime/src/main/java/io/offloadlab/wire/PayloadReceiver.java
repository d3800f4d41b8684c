package io.offloadlab.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.DefaultMaxMessagesRecvByteBufAllocator;
import io.netty.util.UncheckedBooleanSupplier;

/**
 * Where a socket reads to: while a payload is under way, to that payload itself, with one call for
 * all that is there. Else to a buffer that holds a small tensor's whole frame, which {@link
 * FrameDecoder} copies; one call less costs more than 16 KiB once more.
 */
final class PayloadReceiver extends DefaultMaxMessagesRecvByteBufAllocator {
  private static final int BETWEEN_PAYLOADS_BYTES = 32 << 10;

  /** Before others on the same event loop have their turn, as Netty's own have it. */
  private static final int READS_AT_A_TIME = 16;

  private final FrameDecoder decoder;

  PayloadReceiver(FrameDecoder decoder) {
    super(READS_AT_A_TIME);
    this.decoder = decoder;
  }

  @Override
  @SuppressWarnings("deprecation") // Netty has nothing else to say where it is read to.
  public Handle newHandle() {
    return new MaxMessageHandle() {
      private boolean intoPayload;

      @Override
      public ByteBuf allocate(ByteBufAllocator memory) {
        ByteBuf payload = decoder.unread();
        intoPayload = payload != null;
        return payload == null ? super.allocate(memory) : payload.retain();
      }

      /** A frame that ends where a read ended is usually followed by nothing. */
      @Override
      public boolean continueReading(UncheckedBooleanSupplier full) {
        return (!intoPayload || decoder.unread() != null) && super.continueReading(full);
      }

      @Override
      public int guess() {
        return BETWEEN_PAYLOADS_BYTES;
      }
    };
  }
}
