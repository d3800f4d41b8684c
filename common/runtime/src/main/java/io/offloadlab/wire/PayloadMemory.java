package io.offloadlab.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.buffer.UnpooledDirectByteBuf;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;

/**
 * Direct memory for the payloads of one connection. Large ones are used again, the latest first,
 * whose lines the processor's caches still hold: Netty's allocator takes every buffer of more than
 * 1 MiB from the system and gives it back, and smaller ones in turns through all of its memory.
 * Payloads are taken by the connection's event loop and released by any thread.
 */
final class PayloadMemory {
  /** From here on memory is kept; Netty's allocator is good at what is smaller. */
  static final int LEAST_KEPT_BYTES = 64 << 10;

  /** One being computed on or sent while the next one comes, and one more. */
  private static final int MOST_KEPT = 3;

  /** How many times larger than a payload its memory may be. */
  private static final int MOST_WASTE = 2;

  /** Guarded by this. */
  private final Deque<ByteBuf> free = new ArrayDeque<>();

  private boolean closed;

  /**
   * Memory of exactly that capacity.
   *
   * @param allocator for what is small, and what is not there yet
   */
  ByteBuf take(ByteBufAllocator allocator, int bytes) {
    if (bytes < LEAST_KEPT_BYTES) {
      return allocator.directBuffer(bytes, bytes);
    }
    ByteBuf memory = kept(bytes);
    return new Lent(memory == null ? allocator.directBuffer(bytes, bytes) : memory, bytes);
  }

  private synchronized ByteBuf kept(int bytes) {
    for (Iterator<ByteBuf> i = free.iterator(); i.hasNext(); ) {
      ByteBuf memory = i.next();
      if (memory.capacity() >= bytes && memory.capacity() / MOST_WASTE <= bytes) {
        i.remove();
        return memory;
      }
    }
    return null;
  }

  private void giveBack(ByteBuf memory) {
    ByteBuf oldest = null;
    synchronized (this) {
      if (closed) {
        oldest = memory;
      } else {
        free.addFirst(memory);
        if (free.size() > MOST_KEPT) {
          oldest = free.removeLast();
        }
      }
    }
    if (oldest != null) {
      oldest.release();
    }
  }

  /** Keeps nothing any more; what is lent goes when it is released. */
  void close() {
    synchronized (this) {
      closed = true;
    }
    free.forEach(ByteBuf::release);
    free.clear();
  }

  /** The beginning of some memory, which goes back where it is from. */
  private final class Lent extends UnpooledDirectByteBuf {
    private final ByteBuf memory;

    Lent(ByteBuf memory, int bytes) {
      super(UnpooledByteBufAllocator.DEFAULT, memory.internalNioBuffer(0, bytes), bytes);
      this.memory = memory;
      clear();
    }

    @Override
    protected void deallocate() {
      super.deallocate();
      giveBack(memory);
    }
  }
}
