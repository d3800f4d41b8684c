package io.offloadlab.bench.run;

import java.util.Collection;
import java.util.Iterator;

/** Closes several things, whatever happens to one of them. */
final class Closing {
  private Closing() {}

  /**
   * Closes all, the last one first.
   *
   * @throws RuntimeException that the first one failed with, with the others' as suppressed
   */
  static void all(Collection<? extends AutoCloseable> resources) {
    try {
      next(resources.iterator());
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException("a resource could not be closed", e);
    }
  }

  @SuppressWarnings("try")
  private static void next(Iterator<? extends AutoCloseable> rest) throws Exception {
    if (rest.hasNext()) {
      try (AutoCloseable resource = rest.next()) {
        next(rest);
      }
    }
  }

  /** Closes all because of a failure, which those of closing are added to. */
  static void after(Throwable failure, Collection<? extends AutoCloseable> resources) {
    try {
      all(resources);
    } catch (RuntimeException e) {
      failure.addSuppressed(e);
    }
  }
}
