package io.offloadlab.files;

import io.offloadlab.failure.RunFailure;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** What a file's bytes are known by. */
public final class Sha256 {
  private Sha256() {}

  /**
   * As {@link #of}, for a file that a run cannot do without.
   *
   * @throws RunFailure if it cannot be read
   */
  public static String required(Path file) {
    try {
      return of(file);
    } catch (IOException e) {
      throw new RunFailure("%s: cannot be read (%s)".formatted(file, e.getMessage()), e);
    }
  }

  /**
   * The SHA-256 of a file's content, read in pieces.
   *
   * @return 64 lower-case hexadecimal digits
   * @throws IOException if the file cannot be read
   */
  public static String of(Path file) throws IOException {
    try (InputStream raw = Files.newInputStream(file);
        DigestInputStream in = new DigestInputStream(raw, MessageDigest.getInstance("SHA-256"))) {
      in.transferTo(OutputStream.nullOutputStream());
      return HexFormat.of().formatHex(in.getMessageDigest().digest());
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
  }
}
