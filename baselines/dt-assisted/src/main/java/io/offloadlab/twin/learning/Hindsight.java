package io.offloadlab.twin.learning;

import io.offloadlab.twin.decision.Situation;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * How far the network's corrections were borne out by what the workload twin said afterwards, by
 * boundary: the factor with which corrections would have come nearest to what was needed, in the
 * sense of least squares. Samples are judged before they are learned from, so a network that has
 * learned noise is found out.
 */
final class Hindsight {
  /** One in so many samples, of the last ones, bears on what is trusted. */
  private static final double SMOOTHING = 0.002;

  private final Map<Integer, Score> scores = new HashMap<>();

  /**
   * What is known of a boundary.
   *
   * @param samples judged
   * @param agreement mean product of corrections and what was needed
   * @param power mean square of corrections
   */
  record Score(long samples, double agreement, double power) {}

  /**
   * A correction can be judged.
   *
   * @param boundary see {@link Situation#boundary}
   * @param correction that the network would have made
   * @param needed that would have been right, in the same unit
   */
  void judge(int boundary, double correction, double needed) {
    Score s = scores.getOrDefault(boundary, new Score(0, 0, 0));
    double weight = Math.max(SMOOTHING, 1.0 / (s.samples + 1));
    scores.put(
        boundary,
        new Score(
            s.samples + 1,
            s.agreement + weight * (correction * needed - s.agreement),
            s.power + weight * (correction * correction - s.power)));
  }

  /**
   * What corrections at a boundary are to be multiplied by, in 0..1; 0 where nothing is known yet.
   */
  double trust(int boundary) {
    Score s = scores.get(boundary);
    return s == null || s.power == 0 ? 0 : Math.min(1, Math.max(0, s.agreement / s.power));
  }

  Map<Integer, Score> scores() {
    // In order: a copy of another map has one that changes from run to run, and with it a
    // checkpoint.
    return Collections.unmodifiableMap(new TreeMap<>(scores));
  }

  void restore(Map<Integer, Score> saved) {
    scores.clear();
    scores.putAll(saved);
  }
}
