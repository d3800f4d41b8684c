package io.offloadlab.course;

import io.offloadlab.strategy.DeviceStatus;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.PriorityQueue;

/**
 * What a node does now and who waits for it, told from the tasks that were sent there, what was
 * decided of them and how long it takes (Hu et al., section IV: the twin of the inference status).
 * Times in seconds; used by one thread at a time.
 */
final class StatusTwin {
  /** In line, in the order in which they set out. */
  private final Deque<Stay> waiting = new ArrayDeque<>();

  /** Those of them that were not there yet when somebody last asked. */
  private final PriorityQueue<Stay> coming =
      new PriorityQueue<>(Comparator.comparingDouble((Stay s) -> s.reaches));

  /** Those that have left as far as can be told, and were not seen elsewhere yet. */
  private final Deque<Stay> gone = new ArrayDeque<>();

  private Stay holder;
  private double freeAt = Double.NEGATIVE_INFINITY;

  /** A task is on its way to the node, or there. */
  void joins(Stay stay) {
    waiting.add(stay);
    coming.add(stay);
  }

  private void leavesLine(Stay stay) {
    if (waiting.peek() == stay) {
      waiting.remove();
    } else if (!waiting.remove(stay)) {
      return;
    }
    if (!stay.there) {
      coming.remove(stay);
    }
    stay.there = false;
  }

  /**
   * Hands the processor to the next in line if it is free.
   *
   * @return who has it now and did not before; null if nobody
   */
  Stay grant() {
    if (holder != null || waiting.isEmpty()) {
      return null;
    }
    holder = waiting.peek();
    leavesLine(holder);
    holder.turn = Math.max(holder.reaches, freeAt);
    return holder;
  }

  /** A task says itself that it has the processor: whoever was there before it is not any more. */
  void holds(Stay stay, double now) {
    if (holder != stay) {
      leavesLine(stay);
      holder = stay;
    }
    stay.turn = now;
    gone.clear();
  }

  /** The holder will leave at a time. */
  void leaves(Stay stay, double time) {
    stay.leaves = time;
    if (holder == stay) {
      holder = null;
      gone.add(stay);
      freeAt = time;
    }
  }

  /** A task is gone, however it ended. */
  void forget(Stay stay) {
    leavesLine(stay);
    gone.remove(stay);
    if (holder == stay) {
      holder = null;
    }
  }

  /**
   * A task was seen to have left at a time: whoever came after it is where that puts them.
   *
   * @return by how much the holder's turn moves; 0 if there is none or it waited for nobody
   */
  double left(Stay stay, double time) {
    if (!gone.contains(stay)) {
      return 0;
    }
    while (gone.remove() != stay) {
      // Tasks go in the order in which they came: those before it have left, too.
    }
    double free = time;
    for (Stay next : gone) {
      double before = next.turn;
      next.turn = Math.max(next.reaches, free);
      next.leaves += next.turn - before;
      free = next.leaves;
    }
    freeAt = free;
    if (holder == null) {
      return 0;
    }
    double before = holder.turn;
    holder.turn = Math.max(holder.reaches, free);
    return holder.turn - before;
  }

  /** Who has the processor, or has it next; null if nobody. */
  Stay holder() {
    return holder;
  }

  /**
   * What the node does at a time, one task not counted.
   *
   * @param time does not go back
   */
  DeviceStatus status(Stay but, double time) {
    while (!coming.isEmpty() && coming.peek().reaches <= time) {
      coming.remove().there = true;
    }
    int count = waiting.size() - coming.size();
    count -= but != null && but.there ? 1 : 0;
    Stay there = null;
    for (Stay stay : gone) {
      count += stay != but && stay.waits(time) ? 1 : 0;
      there = stay != but && stay.holds(time) ? stay : there;
    }
    if (holder != null && holder != but) {
      count += holder.waits(time) ? 1 : 0;
      there = holder.holds(time) ? holder : there;
    }
    return there == null
        ? new DeviceStatus(false, Double.POSITIVE_INFINITY, count)
        : new DeviceStatus(true, there.leaves, count);
  }
}
