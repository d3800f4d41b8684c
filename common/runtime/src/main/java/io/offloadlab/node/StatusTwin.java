package io.offloadlab.node;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * What a node does now and who waits for it, told from the tasks that were sent there, what was
 * decided of them and how long it takes (Hu et al., section IV: the twin of the inference status).
 * Times in seconds; touched by the guide's thread alone.
 */
final class StatusTwin {
  private final Deque<GuidedTask> waiting = new ArrayDeque<>();

  /** Those that have left as far as can be told, and were not seen elsewhere yet. */
  private final Deque<GuidedTask> gone = new ArrayDeque<>();

  private GuidedTask holder;
  private double freeAt = Double.NEGATIVE_INFINITY;

  /** A task is on its way to the node, or there. */
  void joins(GuidedTask task) {
    waiting.add(task);
  }

  /**
   * Hands the processor to the next in line if it is free.
   *
   * @return who has it now and did not before; null if nobody
   */
  GuidedTask grant() {
    if (holder != null || waiting.isEmpty()) {
      return null;
    }
    holder = waiting.remove();
    holder.turn = Math.max(holder.reaches, freeAt);
    return holder;
  }

  /** A task says itself that it has the processor. */
  void holds(GuidedTask task, double now) {
    waiting.remove(task);
    holder = task;
    task.turn = now;
  }

  /** The holder will leave at a time. */
  void leaves(GuidedTask task, double time) {
    task.leaves = time;
    if (holder == task) {
      holder = null;
      gone.add(task);
      freeAt = time;
    }
  }

  /** A task is gone, however it ended. */
  void forget(GuidedTask task) {
    waiting.remove(task);
    gone.remove(task);
    if (holder == task) {
      holder = null;
    }
  }

  /**
   * A task was seen to have left at a time: whoever came after it is where that puts them.
   *
   * @return by how much the holder's turn moves; 0 if there is none or it waited for nobody
   */
  double left(GuidedTask task, double time) {
    if (!gone.contains(task)) {
      return 0;
    }
    while (gone.remove() != task) {
      // Tasks go in the order in which they came: those before it have left, too.
    }
    double free = time;
    for (GuidedTask next : gone) {
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
  GuidedTask holder() {
    return holder;
  }

  /** How many others wait for the processor at a time. */
  int waiting(GuidedTask but, double time) {
    int count = 0;
    for (GuidedTask t : waiting) {
      count += t != but && t.reaches <= time ? 1 : 0;
    }
    boolean holderWaits =
        holder != null && holder != but && holder.reaches <= time && holder.turn > time;
    return holderWaits ? count + 1 : count;
  }
}
