package io.offloadlab.files;

import io.offloadlab.failure.RunFailure;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** What bytes are known by, as 64 lower-case hexadecimal digits. */
public final class Sha256 {
  private static final int PIECE = 1 << 16;

  private Sha256() {}

  /**
   * As {@link #of(Path)}, for a file that a run cannot do without.
   *
   * @throws RunFailure if it cannot be read
   */
  public static String required(Path file) {
    try {
      return of(file);
    } catch (IOException e) {
      throw new RunFailure("%s: cannot be read (%s)".formatted(file, Reasons.of(e)), e);
    }
  }

  /**
   * The hash of a file's content.
   *
   * @throws IOException if the file cannot be read
   */
  public static String of(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return of(in);
    }
  }

  /**
   * The hash of what is left of a stream, read in pieces.
   *
   * @param in not closed
   * @throws IOException if the stream cannot be read
   */
  public static String of(InputStream in) throws IOException {
    MessageDigest digest = digest();
    byte[] piece = new byte[PIECE];
    for (int n; (n = in.read(piece)) >= 0; ) {
      digest.update(piece, 0, n);
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  /**
   * The hash of a buffer's bytes.
   *
   * @param bytes from position to limit; its position stays
   */
  public static String of(ByteBuffer bytes) {
    return HexFormat.of().formatHex(digestOf(bytes));
  }

  /**
   * The 32 bytes of the hash of several buffers, one after the other.
   *
   * @param parts from position to limit each; their positions stay
   */
  public static byte[] digestOf(ByteBuffer... parts) {
    MessageDigest digest = digest();
    for (ByteBuffer part : parts) {
      digest.update(part.duplicate());
    }
    return digest.digest();
  }

  private static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
  }
}
