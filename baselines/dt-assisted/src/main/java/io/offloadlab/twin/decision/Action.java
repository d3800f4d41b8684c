package io.offloadlab.twin.decision;

import io.offloadlab.graph.Component;
import io.offloadlab.strategy.Hop;
import io.offloadlab.strategy.NodeId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * One way to stop on the device, and what it costs in an idle system; times in seconds for a whole
 * task.
 *
 * @param boundary components of the backbone that the device has run: 0 to upload the input
 * @param exit where the prediction comes from
 * @param upload whether the cloud goes on from the boundary, else the device finishes at the exit
 * @param fetching the input from where the task arises
 * @param reach from the task's turn until the device is at the boundary
 * @param tail computing the exit on the device; 0 when uploaded
 * @param sending occupying the uplink
 * @param travelling half a round trip
 * @param cloud computing the rest there
 * @param returning the prediction to the task's source
 * @param joules that the device spends
 */
public record Action(
    int boundary,
    ExitPoint exit,
    boolean upload,
    double fetching,
    double reach,
    double tail,
    double sending,
    double travelling,
    double cloud,
    double returning,
    double joules) {
  /** How long the device is held. */
  public double hold() {
    return reach + tail;
  }

  /** From its arrival to its prediction when nothing waits for anything. */
  public double idleSeconds() {
    return fetching + reach + tail + sending + travelling + cloud + returning;
  }

  /** Of the exit, in 0..1. */
  public double accuracy() {
    return exit.accuracy();
  }

  /** Hops still to go from the boundary. */
  public List<Hop> rest(Chains chains, NodeId device) {
    List<Component> chain = chains.chain(exit);
    NodeId node = upload ? NodeId.CLOUD : device;
    List<Hop> hops = new ArrayList<>();
    chain.subList(boundary, chain.size()).forEach(c -> hops.add(new Hop(c, node)));
    return hops;
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT, "%s at %d%s", exit.name(), boundary, upload ? " uploaded" : "");
  }
}
