package io.offloadlab.wire;

import io.netty.channel.ChannelPipeline;

/**
 * The layout of a frame, and the codec's place in a pipeline. Numbers are big-endian, the payload's
 * values little-endian float32 (or a safetensors file).
 *
 * <pre>
 *  0         4         5        6          8              12              16
 * +---------+---------+--------+----------+--------------+---------------+----------+-----------+
 * | "OLAB"  | version | type   | 0        | field bytes  | payload bytes | fields … | payload … |
 * | 4 bytes | 1 byte  | 1 byte | 2 bytes  | int32        | int32         |          |           |
 * +---------+---------+--------+----------+--------------+---------------+----------+-----------+
 *
 * fields:  text, bytes   int32 length, then that many bytes (text is UTF-8)
 *          hash          32 bytes
 *          list          int32 count, then the items
 *          tensor        int32 batch, list of int32 extents; its values are the payload
 *          flag          1 byte, 0 or 1
 *
 * Run      int64 id | flag arises | flag stays | flag ends | flag open | flag reports
 *          | list of steps | tensor
 * Next     int64 id | flag last | flag stays | flag ends | list of steps
 * step     text component, int32 cores, flag side branch
 * Reached  int64 id | list of float64 entropies
 * Ran      int64 id | flag stays | int64 received | int64 start
 *          | list of stretches (int32 hops, int64 nanos) | int64 idle | tensor
 * Hold     int64 id | list of (hash, bytes: the component as JSON)
 *          | list of programs (list of text components, text engine, int32 threads) | int32 batch
 * </pre>
 *
 * The other types are {@link Message}'s records with their components in order. A peer of another
 * version is told so with a {@code Reject}, whose layout no version changes. The connection goes:
 *
 * <pre>{@code
 * edge                                    cloud
 *   | ---- Hello --------------------------> |   at most 4 KiB until here
 *   | <--- Welcome (or Reject, closed) ----- |
 *   | <--- Heartbeat ---- HeartbeatReply --> |   every second, beside the emulated link
 *   | <--- Offer -------------- Missing ---> |   which weights are not cached there?
 *   | <--- Weights * ----------------------- |
 *   | <--- Hold ------------------- Held --> |   hold exactly these components
 *   | <--- Measure ------------ Measured --> |
 *   | <--- Probe ---------------- Probed --> |
 *   | <--- Run ---------------------- Ran -> |   any request may be answered with Failure
 *   | <--- Next * -------------- Reached * > |   while an open Run goes on
 *   | <--- Relink * ------------------------ |   when the emulated link changes
 *   | <--- Goodbye ------------------------- |
 * }</pre>
 */
public final class Frames {
  /** Version of the protocol: the handshake refuses any other. */
  public static final int VERSION = 6;

  static final int MAGIC = 0x4f4c4142;
  static final int HEADER_BYTES = 16;

  private Frames() {}

  /**
   * Installs the codec: {@link Message}s go in and out at the end of the pipeline. Frames are
   * limited to {@link FrameLimits#HANDSHAKE} until {@link #accept} raises the limits.
   *
   * @return where a link can be emulated for outgoing frames
   */
  public static LinkEmulator install(ChannelPipeline pipeline) {
    LinkEmulator emulator = new LinkEmulator();
    FrameDecoder decoder = new FrameDecoder();
    pipeline.channel().config().setRecvByteBufAllocator(new PayloadReceiver(decoder));
    pipeline.addLast(decoder, emulator, new FrameEncoder());
    return emulator;
  }

  /** Accepts frames up to these limits from now on; called in the pipeline's event loop. */
  public static void accept(ChannelPipeline pipeline, FrameLimits limits) {
    pipeline.get(FrameDecoder.class).accept(limits);
  }
}
