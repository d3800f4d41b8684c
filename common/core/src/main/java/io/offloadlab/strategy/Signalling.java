package io.offloadlab.strategy;

/** How the runtime learns that a task on a device is where it can be decided on. */
public enum Signalling {
  /** The device reports, and waits for the answer: a message there and one back per boundary. */
  REPORTED,

  /**
   * The cloud predicts it from the device's profile and the log of its tasks (Hu et al., section
   * IV: the twin of the inference status), and sends the decision ahead; the device says nothing.
   */
  PREDICTED
}
