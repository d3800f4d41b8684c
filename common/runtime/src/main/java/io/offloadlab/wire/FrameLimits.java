package io.offloadlab.wire;

import java.util.Locale;

/**
 * Largest frame that is accepted from a peer; a larger one closes the connection before memory is
 * taken for it.
 *
 * @param maxFieldBytes most bytes of fields
 * @param maxPayloadBytes most bytes of payload (a tensor or a component's weights)
 */
public record FrameLimits(int maxFieldBytes, int maxPayloadBytes) {
  /** Before a peer has said hello: enough for {@link Message.Hello}, and no payload. */
  public static final FrameLimits HANDSHAKE = new FrameLimits(4 << 10, 0);

  /**
   * Afterwards, unless set otherwise: the graphs of a few hundred components, and 64 MiB of payload
   * (the largest tensor of ResNet-18, (64, 32, 32), takes 32 MiB for a batch of 128).
   */
  public static final FrameLimits DEFAULT = new FrameLimits(4 << 20, 64 << 20);

  /** The same with room for a payload of so many bytes, if there is not. */
  public FrameLimits holding(long payloadBytes) {
    return payloadBytes <= maxPayloadBytes
        ? this
        : new FrameLimits(maxFieldBytes, (int) Math.min(Integer.MAX_VALUE, payloadBytes));
  }

  /**
   * @throws IllegalArgumentException if a limit is negative
   */
  public FrameLimits {
    if (maxFieldBytes < 0 || maxPayloadBytes < 0) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "frame limits are not negative: %d and %d",
              maxFieldBytes,
              maxPayloadBytes));
    }
  }
}
