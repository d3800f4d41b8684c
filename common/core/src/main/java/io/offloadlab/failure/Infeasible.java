package io.offloadlab.failure;

/**
 * No plan of one strategy meets the scenario: its budgets and threshold leave it none. Others may
 * have one, so that a comparison goes on without it and says so.
 */
public final class Infeasible extends RunFailure {
  private static final long serialVersionUID = 1;

  /**
   * @param message one line: what was asked for, the best that there is, what to do
   */
  public Infeasible(String message) {
    super(message);
  }
}
