package io.offloadlab.profile;

import java.util.List;
import java.util.concurrent.CompletableFuture;

/** A node that can measure the components it holds. */
public interface ProfiledNode {
  /** The node's own name. */
  String name();

  /** Processors it computes with. */
  int cores();

  /** Physical memory. */
  long memoryBytes();

  /**
   * Runs each component once to warm up and then so many times, the components taking turns, so
   * that each finds the caches as a route would leave them.
   *
   * @param components names, all of them held
   * @param batch samples
   * @param rounds timed runs of each, at least 1
   * @return median seconds per component in the same order, emulated slowness included
   */
  CompletableFuture<List<Double>> componentSeconds(List<String> components, int batch, int rounds);
}
