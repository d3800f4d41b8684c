package io.offloadlab.node;

import io.offloadlab.failure.RunFailure;
import io.offloadlab.wire.Message.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.ToIntFunction;

/**
 * The components that a task runs on one node, in order. An open agenda is added to while the task
 * runs: when it has run out of steps, the task waits for more and keeps the processor meanwhile.
 * Safe for use by many threads.
 */
final class Agenda {
  private static final int MOST_STEPS = 4096;

  /** An open agenda's is its own, and grows. */
  private final List<Step> steps;

  private final Consumer<List<Double>> ranOut;

  /** How many of the steps were handed out. */
  private int taken;

  private boolean over;
  private boolean ends;
  private RunFailure abandoned;

  private Agenda(List<Step> steps, boolean over, Consumer<List<Double>> ranOut) {
    this.steps = steps;
    this.over = over;
    this.ranOut = ranOut;
  }

  /**
   * All steps are known.
   *
   * @param ends whether the task's last component is among them
   */
  static Agenda of(List<Step> steps, boolean ends) {
    Agenda agenda = new Agenda(List.copyOf(steps), true, Agenda::nobody);
    agenda.ends = ends;
    return agenda;
  }

  private static void nobody(List<Double> entropies) {}

  /**
   * More steps may come.
   *
   * @param steps to begin with; may be empty
   * @param ranOut told, on the thread that runs the steps, each time there is none left to run:
   *     with what the last one said of the samples, if it was a side branch
   */
  static Agenda open(List<Step> steps, Consumer<List<Double>> ranOut) {
    return new Agenda(new ArrayList<>(steps), false, ranOut);
  }

  /**
   * Tells what comes next.
   *
   * @param last whether nothing follows here
   * @param lastOfAll whether nothing follows anywhere
   * @throws IllegalArgumentException if the agenda is over already, or grows beyond all reason
   */
  synchronized void add(List<Step> more, boolean last, boolean lastOfAll) {
    if (over || steps.size() + more.size() > MOST_STEPS) {
      throw new IllegalArgumentException(
          over
              ? "the agenda is over"
              : String.format(Locale.ROOT, "more than %d steps in one run", MOST_STEPS));
    }
    steps.addAll(more);
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
    return over && isEmpty();
  }

  /**
   * The next steps; waits until there is one.
   *
   * @param entropies per sample, in nats, if the step before was a side branch; else empty
   * @param together of steps in a row on the same cores, at least one: how many run as one program
   * @return empty when there is none any more; a side branch by itself
   * @throws RunFailure if the agenda was abandoned
   */
  List<Step> next(List<Double> entropies, ToIntFunction<List<Step>> together) {
    boolean waits;
    synchronized (this) {
      waits = isEmpty() && !over;
    }
    if (waits) {
      ranOut.accept(entropies);
    }
    return await(together);
  }

  private synchronized List<Step> await(ToIntFunction<List<Step>> together) {
    while (isEmpty() && !over && abandoned == null) {
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
    List<Step> row = row();
    int n = row.size() > 1 ? together.applyAsInt(row) : row.size();
    taken += n;
    return n == row.size() ? row : row.subList(0, n);
  }

  private boolean isEmpty() {
    return taken == steps.size();
  }

  /** Steps that could run as one program; an open agenda's are copied, because it grows. */
  private List<Step> row() {
    int end = taken;
    while (end < steps.size() && (end == taken || joins(steps.get(end - 1), steps.get(end)))) {
      end++;
    }
    List<Step> row = taken == 0 && end == steps.size() ? steps : steps.subList(taken, end);
    return steps instanceof ArrayList ? List.copyOf(row) : row;
  }

  private static boolean joins(Step before, Step step) {
    return !before.sideBranch() && !step.sideBranch() && before.cores() == step.cores();
  }
}
