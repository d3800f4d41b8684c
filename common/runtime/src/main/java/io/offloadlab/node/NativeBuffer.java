package io.offloadlab.node;

import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.buffer.UnpooledDirectByteBuf;
import java.nio.ByteBuffer;

/** Someone else's native memory as a buffer that gives it back when it is released. */
final class NativeBuffer extends UnpooledDirectByteBuf {
  private final Runnable free;

  /**
   * @param memory direct, from position to limit
   * @param free called once, from whichever thread releases the buffer
   */
  NativeBuffer(ByteBuffer memory, Runnable free) {
    super(UnpooledByteBufAllocator.DEFAULT, memory, memory.remaining());
    this.free = free;
  }

  @Override
  protected void deallocate() {
    super.deallocate();
    free.run();
  }
}
