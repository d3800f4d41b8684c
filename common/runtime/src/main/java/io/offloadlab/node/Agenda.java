package io.offloadlab.node;

import io.offloadlab.failure.RunFailure;
import io.offloadlab.wire.Message.Step;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
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
      waits = ahead.isEmpty() && !over;
    }
    if (waits) {
      ranOut.accept(entropies);
    }
    return await(together);
  }

  private synchronized List<Step> await(ToIntFunction<List<Step>> together) {
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
    List<Step> row = row();
    if (row.size() > 1) {
      row = row.subList(0, together.applyAsInt(row));
    }
    row.forEach(step -> ahead.remove());
    return row;
  }

  /** Steps that could run as one program. */
  private List<Step> row() {
    List<Step> row = new ArrayList<>();
    for (Step step : ahead) {
      if (!row.isEmpty() && (step.sideBranch() || step.cores() != row.get(0).cores())) {
        break;
      }
      row.add(step);
      if (step.sideBranch()) {
        break;
      }
    }
    return row;
  }
}
