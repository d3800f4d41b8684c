package io.offloadlab.node;

import io.offloadlab.failure.RunFailure;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** What went wrong, without the wrapping that asynchronous code puts around it. */
final class Failures {
  private Failures() {}

  static Throwable cause(Throwable failure) {
    return failure instanceof CompletionException && failure.getCause() != null
        ? failure.getCause()
        : failure;
  }

  /** Waits; throws the {@link RunFailure} or other unchecked exception that it failed with. */
  static <T> T join(CompletableFuture<T> future) {
    try {
      return future.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RunFailure failure) {
        throw failure;
      } else if (e.getCause() instanceof RuntimeException unchecked) {
        throw unchecked;
      }
      throw e;
    }
  }
}
