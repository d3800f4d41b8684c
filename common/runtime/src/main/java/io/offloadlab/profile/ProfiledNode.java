package io.offloadlab.profile;

import java.util.List;
import java.util.concurrent.CompletableFuture;

/** A node that can measure the programs it holds. */
public interface ProfiledNode {
  /**
   * What was measured of a program.
   *
   * @param seconds median, emulated slowness included
   * @param engine that ran it
   * @param threads cores that it used there
   */
  record Time(double seconds, String engine, int threads) {}

  /** The node's own name. */
  String name();

  /** Processors it computes with. */
  int cores();

  /** Physical memory. */
  long memoryBytes();

  /**
   * Finds the fastest way of each program, runs each once to warm up and then so many times, the
   * programs taking turns, so that each finds the caches as a route would leave them.
   *
   * @param programs names of the components of each in order, all of them held
   * @param batch samples
   * @param rounds timed runs of each, at least 1
   * @param cores that each may use; 0 for all
   * @return per program in the same order
   */
  CompletableFuture<List<Time>> times(
      List<List<String>> programs, int batch, int rounds, int cores);
}
