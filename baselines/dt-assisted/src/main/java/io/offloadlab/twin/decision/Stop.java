package io.offloadlab.twin.decision;

import io.offloadlab.strategy.NodeId;
import io.offloadlab.strategy.Route;

/**
 * A place to stop on the device.
 *
 * @param exit where the prediction comes from
 * @param boundary components of the backbone that the device runs
 * @param upload whether the cloud goes on from there, else the device finishes at the exit
 */
public record Stop(ExitPoint exit, int boundary, boolean upload) {
  /** The whole route of a task on the device. */
  public Route route(Chains chains, NodeId device) {
    int split = upload ? boundary : exit.branch() + 1;
    return Route.split(chains.chain(exit), split, device, NodeId.CLOUD);
  }
}
