package io.offloadlab.nn.pytorch;

import ai.djl.engine.Engine;
import ai.djl.engine.EngineException;
import ai.djl.pytorch.engine.PtEngine;
import ai.djl.pytorch.jni.JniUtils;
import io.offloadlab.failure.RunFailure;
import java.util.Set;

/** The one PyTorch of this process. */
final class PyTorch {
  private static final Set<String> X86_64 = Set.of("amd64", "x86_64");
  private static final ThreadLocal<Integer> THREADS = ThreadLocal.withInitial(() -> 0);

  private PyTorch() {}

  /**
   * Loads the native library on first use. It is on the class path; DJL must neither look for
   * another one on the network nor report its use to its authors.
   */
  static synchronized Engine start() {
    System.setProperty("ai.djl.offline", "true");
    System.setProperty("OPT_OUT_TRACKING", "true");
    try {
      return Engine.getEngine(PtEngine.ENGINE_NAME);
    } catch (EngineException | UnsatisfiedLinkError e) {
      throw new RunFailure(
          "PyTorch cannot start on %s %s (%s)"
              .formatted(
                  System.getProperty("os.name"), System.getProperty("os.arch"), e.getMessage()),
          e);
    }
  }

  /**
   * Whether this PyTorch has oneDNN's fused operations. Its x86-64 builds have; those for ARM may,
   * but there nobody has measured them yet.
   */
  static boolean hasOneDnn() {
    return X86_64.contains(System.getProperty("os.arch"))
        && start() != null
        && JniUtils.getFeatures().contains("MKLDNN");
  }

  /**
   * Sets how many cores the operations use that the calling thread starts from now on. OpenMP keeps
   * this number per thread, so inferences of different threads do not disturb each other.
   */
  static void useThreads(int threads) {
    if (THREADS.get() != threads) {
      JniUtils.setNumThreads(threads);
      THREADS.set(threads);
    }
  }
}
