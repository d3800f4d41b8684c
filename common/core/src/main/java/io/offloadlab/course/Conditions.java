package io.offloadlab.course;

import io.offloadlab.strategy.DeviceStatus;
import io.offloadlab.strategy.NodeId;
import io.offloadlab.strategy.SystemView;

/** What is seen of the system when a strategy is asked; times in seconds. */
public interface Conditions {
  /** The newest view. */
  SystemView view();

  /** What a device's processor does at a time, one course not counted. */
  DeviceStatus device(NodeId device, Course but, double time);

  /** Seconds from a time until an edge's uplink is free. */
  double uplinkBacklogSeconds(NodeId edge, double time);

  /** Seconds of compute that waits or runs at the cloud at a time. */
  double cloudBacklogSeconds(double time);
}
