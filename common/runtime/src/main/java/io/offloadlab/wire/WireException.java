package io.offloadlab.wire;

import io.netty.handler.codec.DecoderException;
import java.util.Locale;

/** What a peer sent is not what the protocol allows; the message is one line that says why. */
public final class WireException extends DecoderException {
  private final boolean otherVersion;

  /**
   * @param message one line: what came, and what was expected
   */
  public WireException(String message) {
    this(message, false);
  }

  private WireException(String message, boolean otherVersion) {
    super(message);
    this.otherVersion = otherVersion;
  }

  static WireException otherVersion(int theirs) {
    return new WireException(
        String.format(
            Locale.ROOT,
            "the peer speaks protocol version %d, this node version %d: run the same release on both",
            theirs,
            Frames.VERSION),
        true);
  }

  /**
   * Whether the peer speaks another version of this protocol, and so deserves an answer that every
   * version understands.
   */
  public boolean isOtherVersion() {
    return otherVersion;
  }
}
