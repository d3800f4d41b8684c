package io.offloadlab.node;

import io.offloadlab.failure.RunFailure;
import io.offloadlab.wire.Message.Step;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * The components that a task runs on one node, in order. An open agenda is added to while the task
 * runs: when it has run out of steps, the task waits for more and keeps the processor meanwhile.
 * Safe for use by many threads.
 */
final class Agenda {
  private static final int MOST_STEPS = 4096;

  private final Deque<Step> ahead;
  private final Consumer<List<Double>> ranOut;
  private int told;
  private boolean over;
  private boolean ends;
  private RunFailure abandoned;

  private Agenda(List<Step> steps, boolean over, Consumer<List<Double>> ranOut) {
    this.ahead = new ArrayDeque<>(steps);
    this.told = steps.size();
    this.over = over;
    this.ranOut = ranOut;
  }

  /**
   * All steps are known.
   *
   * @param ends whether the task's last component is among them
   */
  static Agenda of(List<Step> steps, boolean ends) {
    Agenda agenda = new Agenda(steps, true, entropies -> {});
    agenda.ends = ends;
    return agenda;
  }

  /**
   * More steps may come.
   *
   * @param steps to begin with; may be empty
   * @param ranOut told, on the thread that runs the steps, each time there is none left to run:
   *     with what the last one said of the samples, if it was a side branch
   */
  static Agenda open(List<Step> steps, Consumer<List<Double>> ranOut) {
    return new Agenda(steps, false, ranOut);
  }

  /**
   * Tells what comes next.
   *
   * @param last whether nothing follows here
   * @param lastOfAll whether nothing follows anywhere
   * @throws IllegalArgumentException if the agenda is over already, or grows beyond all reason
   */
  synchronized void add(List<Step> steps, boolean last, boolean lastOfAll) {
    told += steps.size();
    if (over || told > MOST_STEPS) {
      throw new IllegalArgumentException(
          over
              ? "the agenda is over"
              : String.format(Locale.ROOT, "more than %d steps in one run", MOST_STEPS));
    }
    ahead.addAll(steps);
    over = last;
    ends = last && lastOfAll;
    notifyAll();
  }

  /** Nobody will tell more: whoever waits for a step fails. */
  synchronized void abandon(RunFailure why) {
    abandoned = why;
    notifyAll();
  }

  /** Whether the task's last component is among the steps. */
  synchronized boolean ends() {
    return ends;
  }

  /** Whether no step is left and none will come. */
  synchronized boolean isDone() {
    return over && ahead.isEmpty();
  }

  /**
   * The next step; waits until it is known.
   *
   * @param entropies per sample, in nats, if the step before was a side branch; else empty
   * @return null when there is none any more
   * @throws RunFailure if the agenda was abandoned
   */
  Step next(List<Double> entropies) {
    boolean waits;
    synchronized (this) {
      waits = ahead.isEmpty() && !over;
    }
    if (waits) {
      ranOut.accept(entropies);
    }
    return await();
  }

  private synchronized Step await() {
    while (ahead.isEmpty() && !over && abandoned == null) {
      try {
        wait();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new RunFailure("interrupted while a task waited for word where to go on", e);
      }
    }
    if (abandoned != null) {
      throw abandoned;
    }
    return ahead.poll();
  }
}
