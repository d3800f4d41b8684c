package io.offloadlab.bench.run;

import io.offloadlab.strategy.Arrivals;
import io.offloadlab.strategy.Scenario;
import io.offloadlab.stream.RandomStreams;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Who runs when: a stream is cut into turns of so many tasks, every entrant runs a turn before any
 * goes on, and who begins changes from turn to turn. Every so many turns as there are entrants each
 * has been in every place once; then the order is drawn anew from the scenario's seed, so that
 * nobody always follows the same one.
 */
final class Turns {
  /** Long enough that changing hands costs little. */
  private static final int MOST_TASKS = 25;

  /** Of a sequential stream; intervals come from turns, and want some. */
  private static final int WANTED_TURNS = 20;

  /** At the ends of a turn fewer tasks are under way than were asked for. */
  private static final int FILLS_PER_TURN = 10;

  /** Of a stream with arrival times: queues must have time to build up. */
  private static final int LEAST_TIMED_TASKS = 20;

  /** Of a simulated stream, where nobody waits for a turn and tasks are not all kept. */
  private static final int SIMULATED_TURNS = 50;

  private final int tasks;
  private final int size;
  private final RandomGenerator random;

  /**
   * @param tasks length of the stream
   */
  Turns(Scenario scenario, int tasks) {
    this.tasks = tasks;
    this.size = size(scenario.arrivals(), tasks);
    this.random = RandomStreams.named(scenario.seed(), "turns");
  }

  private static int size(Arrivals arrivals, int tasks) {
    if (arrivals instanceof Arrivals.Sequential s) {
      int wanted = Math.max(1, Math.min(MOST_TASKS, tasks / WANTED_TURNS));
      return s.inFlight() > 1 ? Math.max(wanted, FILLS_PER_TURN * s.inFlight()) : wanted;
    }
    int turns = Math.max(1, Math.min(WANTED_TURNS, tasks / LEAST_TIMED_TASKS));
    return (tasks + turns - 1) / turns;
  }

  /** Tasks per turn; the last one may have fewer. */
  int size() {
    return size;
  }

  /** The same where the stream is simulated: what intervals take for one draw. */
  int simulatedSize() {
    return Math.max(size, tasks / SIMULATED_TURNS);
  }

  /** Number of turns. */
  int count() {
    return (tasks + size - 1) / size;
  }

  /** The order in every turn. */
  <T> List<List<T>> orders(List<T> entrants) {
    List<List<T>> orders = new ArrayList<>();
    List<T> order = new ArrayList<>(entrants);
    for (int turn = 0; turn < count(); turn++) {
      if (turn % order.size() == 0) {
        shuffle(order);
      } else {
        Collections.rotate(order, -1);
      }
      orders.add(List.copyOf(order));
    }
    return orders;
  }

  /** Fisher-Yates: Collections.shuffle takes no RandomGenerator before Java 21. */
  private void shuffle(List<?> order) {
    for (int i = order.size() - 1; i > 0; i--) {
      Collections.swap(order, i, random.nextInt(i + 1));
    }
  }
}
