package io.offloadlab.failure;

/**
 * The run cannot go on, for a reason that its user can understand and act on.
 *
 * <p>The message is one line and complete: what was found, what was expected, what to do.
 */
public class RunFailure extends RuntimeException {
  /**
   * @param message the one line that the command line prints
   */
  public RunFailure(String message) {
    super(message);
  }

  /**
   * @param message the one line that the command line prints
   * @param cause what went wrong underneath, for the log
   */
  public RunFailure(String message, Throwable cause) {
    super(message, cause);
  }
}
