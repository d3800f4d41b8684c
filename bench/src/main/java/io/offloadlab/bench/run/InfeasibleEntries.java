package io.offloadlab.bench.run;

import io.offloadlab.failure.Infeasible;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** Entries that no plan of theirs keeps in the scenario, and why. */
public final class InfeasibleEntries {
  private final Map<String, Infeasible> reasons = new LinkedHashMap<>();

  void add(String entry, Infeasible why) {
    reasons.putIfAbsent(entry, why);
  }

  /**
   * Nothing is left to run where all are.
   *
   * @throws Infeasible the first one's
   */
  void throwIfAll(int entries) {
    if (reasons.size() == entries) {
      throw reasons.values().iterator().next();
    }
  }

  /** Why, by the entry's name, in the order in which they were found. */
  public Map<String, String> reasons() {
    Map<String, String> texts = new LinkedHashMap<>();
    reasons.forEach((entry, why) -> texts.put(entry, why.getMessage()));
    return Collections.unmodifiableMap(texts);
  }
}
