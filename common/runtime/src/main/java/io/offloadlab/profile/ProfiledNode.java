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

  /**
   * How often something is timed: until the time is over, but at least twice.
   *
   * @param most timed runs
   * @param seconds for all of them together, 0 or more
   */
  record Rounds(int most, double seconds) {
    /** However long they take: a median of fewer would be a matter of luck. */
    public static final int FEWEST = 2;

    /**
     * Whether there is to be another one.
     *
     * @param done how many there were
     * @param took seconds that these took
     */
    public boolean goOn(int done, double took) {
      return done < FEWEST || (done < most && took < seconds);
    }
  }

  /** The node's own name. */
  String name();

  /** Processors it computes with. */
  int cores();

  /** Physical memory. */
  long memoryBytes();

  /**
   * Finds the fastest way of each program, runs each once to warm up and then some times, the
   * programs taking turns, so that each finds the caches as a route would leave them.
   *
   * @param programs names of the components of each in order, all of them held
   * @param batch samples
   * @param rounds timed runs of each
   * @param cores that each may use; 0 for all
   * @return per program in the same order
   */
  CompletableFuture<List<Time>> times(
      List<List<String>> programs, int batch, Rounds rounds, int cores);
}
