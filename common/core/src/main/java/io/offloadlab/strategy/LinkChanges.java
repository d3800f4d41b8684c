package io.offloadlab.strategy;

import java.util.ArrayList;
import java.util.List;

/**
 * How a link changes while a stream runs. A tensor that is sent takes the rate and the delay of
 * that moment for all of its bytes.
 *
 * @param changes in ascending order of time; none for a link that stays as it is
 */
public record LinkChanges(List<Change> changes) {
  /** A link that stays as it is. */
  public static final LinkChanges NONE = new LinkChanges(List.of());

  /**
   * From a time on, until the next change, the link is another.
   *
   * @param seconds since the start of the stream, 0 or more
   * @param link what is emulated from then on
   */
  public record Change(double seconds, LinkSpec link) {}

  /**
   * @throws IllegalArgumentException if times are negative, infinite, or not in ascending order
   */
  public LinkChanges {
    changes = List.copyOf(changes);
    double before = -1;
    for (Change c : changes) {
      if (!(c.seconds >= 0) || Double.isInfinite(c.seconds) || c.seconds <= before) {
        throw new IllegalArgumentException(
            "changes of a link come one after the other from 0 s on, not at %s s after %s s"
                .formatted(c.seconds, Math.max(0, before)));
      }
      before = c.seconds;
    }
  }

  /** The link at a time, which before the first change is the first one. */
  public LinkSpec at(double seconds, LinkSpec first) {
    int until = countUntil(seconds);
    return until == 0 ? first : changes.get(until - 1).link;
  }

  /** When it changes next after a time; infinite if never. */
  public double nextAfter(double seconds) {
    int until = countUntil(seconds);
    return until == changes.size() ? Double.POSITIVE_INFINITY : changes.get(until).seconds;
  }

  /** Number of changes up to a time, that included. */
  private int countUntil(double seconds) {
    int low = 0;
    int high = changes.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (changes.get(middle).seconds <= seconds) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /**
   * When any of several links changes next after a time; infinite if never.
   *
   * @param all of the links
   */
  public static double nextAfter(List<LinkChanges> all, double seconds) {
    return all.stream()
        .mapToDouble(c -> c.nextAfter(seconds))
        .min()
        .orElse(Double.POSITIVE_INFINITY);
  }

  /**
   * The links at a time.
   *
   * @param first of all edges, before anything changes
   * @param all of the same edges, or empty if none changes
   */
  public static List<LinkSpec> at(List<LinkSpec> first, List<LinkChanges> all, double seconds) {
    if (all.isEmpty()) {
      return first;
    }
    List<LinkSpec> now = new ArrayList<>();
    for (int i = 0; i < first.size(); i++) {
      now.add(all.get(i).at(seconds, first.get(i)));
    }
    return now;
  }
}
