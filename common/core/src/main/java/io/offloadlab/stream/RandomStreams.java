package io.offloadlab.stream;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * Independent random streams from one seed. Each use of chance has a name of its own, so drawing
 * more of one (more tasks, say) never shifts another.
 */
public final class RandomStreams {
  private RandomStreams() {}

  /**
   * The stream of a name, from its beginning.
   *
   * @param seed of the run
   * @param name of the use: equal seed and name give equal streams, on every machine
   */
  public static RandomGenerator named(long seed, String name) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(ByteBuffer.allocate(Long.BYTES).putLong(0, seed));
      byte[] hash = digest.digest(name.getBytes(StandardCharsets.UTF_8));
      return new SplittableRandom(ByteBuffer.wrap(hash).getLong());
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
  }
}
