package io.offloadlab.twin.decision;

/** What a task is charged for the delay that it causes to those that come after it. */
public interface Charge {
  /** Nobody comes after. */
  Charge NONE =
      new Charge() {
        @Override
        public double ofUpload(Action a, double uplinkBacklog, double cloudBacklog) {
          return 0;
        }

        @Override
        public double ofHolding(double seconds) {
          return 0;
        }
      };

  /**
   * Seconds that an upload costs others.
   *
   * @param uplinkBacklog until the uplink is free, in seconds
   * @param cloudBacklog compute that waits at the cloud when the upload is there, in seconds
   */
  double ofUpload(Action a, double uplinkBacklog, double cloudBacklog);

  /** Seconds that it costs those who come while the device is held for so long. */
  double ofHolding(double seconds);
}
