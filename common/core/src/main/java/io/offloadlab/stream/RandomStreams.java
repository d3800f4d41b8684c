package io.offloadlab.stream;

import io.offloadlab.files.Sha256;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
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
    byte[] hash =
        Sha256.digestOf(
            ByteBuffer.allocate(Long.BYTES).putLong(0, seed),
            ByteBuffer.wrap(name.getBytes(StandardCharsets.UTF_8)));
    return new SplittableRandom(ByteBuffer.wrap(hash).getLong());
  }
}
