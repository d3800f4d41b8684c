package io.offloadlab.learning.network;

import io.offloadlab.failure.RunFailure;
import org.bytedeco.openblas.global.openblas;
import org.nd4j.linalg.factory.Nd4j;

/** ND4J's native library, loaded once, with one thread: its matrices here are too small for two. */
public final class NativeLibrary {
  private NativeLibrary() {}

  /**
   * Loads it.
   *
   * @param strategy that wants to learn, for the message
   * @throws RunFailure if it cannot be loaded
   */
  public static void load(String strategy) {
    try {
      Nd4j.getBackend();
      openblas.blas_set_num_threads(1);
    } catch (LinkageError | RuntimeException e) {
      throw new RunFailure(
          "ND4J %s has no native library for %s %s, so strategy '%s' cannot learn here; leave it out of --strategies, or use a JDK for x86-64"
              .formatted(
                  "1.0.0-M1.1",
                  System.getProperty("os.name"),
                  System.getProperty("os.arch"),
                  strategy),
          e);
    }
  }
}
