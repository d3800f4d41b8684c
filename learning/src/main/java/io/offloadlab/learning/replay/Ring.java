package io.offloadlab.learning.replay;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The last things that were added, up to a capacity; then each new one takes the oldest one's slot.
 *
 * @param <T> what is kept
 */
public final class Ring<T> {
  private final int capacity;
  private final List<T> slots = new ArrayList<>();
  private int oldest;

  /**
   * @param capacity at least 1
   */
  public Ring(int capacity) {
    this.capacity = capacity;
  }

  /** Adds one, in the oldest one's place where all slots are taken. */
  public void add(T value) {
    if (slots.size() < capacity) {
      slots.add(value);
    } else {
      slots.set(oldest, value);
      oldest = (oldest + 1) % capacity;
    }
  }

  /** How many there are, at most the capacity. */
  public int size() {
    return slots.size();
  }

  /** One by age, the oldest first. */
  public T byAge(int age) {
    return slots.get((oldest + age) % slots.size());
  }

  /** One by its slot: the order in which drawing that must not depend on age goes. */
  public T inSlot(int slot) {
    return slots.get(slot);
  }

  /** All of them, slot by slot. */
  public List<T> slots() {
    return Collections.unmodifiableList(slots);
  }

  /** The slot that is taken next once all are taken. */
  public int oldest() {
    return oldest;
  }

  /**
   * Puts back what {@link #slots} and {@link #oldest} told.
   *
   * @param saved at most the capacity
   * @param savedOldest 0 unless all slots are taken
   */
  public void restore(List<T> saved, int savedOldest) {
    slots.clear();
    slots.addAll(saved);
    oldest = savedOldest;
  }

  /** Forgets everything. */
  public void clear() {
    restore(List.of(), 0);
  }
}
