package io.offloadlab.twin.workload;

import io.offloadlab.twin.decision.Action;
import io.offloadlab.twin.decision.DecisionSpace;
import io.offloadlab.twin.decision.Moment;
import io.offloadlab.twin.decision.Utility;
import io.offloadlab.twin.learning.BoundarySample;
import io.offloadlab.twin.traffic.Stake;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * The workload-evolution twin of one device (Hu et al., section IV): replays what its queue, its
 * uplink and the cloud would have been under the decisions that were not taken. Arrivals do not
 * depend on a decision, so they are known; a task teaches about every boundary instead of only
 * those that it came to.
 */
public final class WorkloadTwin {
  private final boolean augment;
  private final boolean knowsQueues;
  private final double scale;
  private final Consumer<BoundarySample> lessons;

  private final Deque<Backlog> backlogs = new ArrayDeque<>();
  private final Deque<Arrival> arrivals = new ArrayDeque<>();
  private final Deque<Double> departures = new ArrayDeque<>();
  private final Deque<Episode> stopped = new ArrayDeque<>();
  private final Deque<Elsewhere> elsewhere = new ArrayDeque<>();
  private long departed;
  private double waiting;
  private Episode holder;

  /** Waiting at the uplink and at the cloud. */
  private record Backlog(double time, double uplink, double cloud) {}

  /** A task that came, and what it would have lost without the device. */
  private record Arrival(double time, double stake) {}

  /** A task that uploaded at arrival, and whose departure would have made way for it. */
  private record Elsewhere(Moment arrival, Terms terms, long turn) {}

  /** What stops were worth when a task was decided on. */
  public record Terms(DecisionSpace space, Utility utility, Predicate<Action> allowed) {}

  /** A task on the device. */
  private static final class Episode {
    final Terms terms;
    final double start;
    final List<Moment> moments = new ArrayList<>();
    Action stop;

    Episode(Terms terms, double start) {
      this.terms = terms;
      this.start = start;
    }

    double horizon() {
      return start + terms.space.reach().get(terms.space.last());
    }
  }

  /**
   * @param augment whether decisions that were not taken are replayed
   * @param knowsQueues see {@link Moment#guess}
   * @param scale seconds of one unit of the network
   * @param lessons takes what was learned
   */
  public WorkloadTwin(
      boolean augment, boolean knowsQueues, double scale, Consumer<BoundarySample> lessons) {
    this.augment = augment;
    this.knowsQueues = knowsQueues;
    this.scale = scale;
    this.lessons = lessons;
  }

  /** Time has come to now: whoever left by now has left, and what can be judged is. */
  public void passes(double now) {
    while (!departures.isEmpty() && departures.peek() <= now) {
      double time = departures.remove();
      departed++;
      turns(time);
    }
    while (!stopped.isEmpty() && stopped.peek().horizon() <= now) {
      judge(stopped.remove());
    }
    double since = stopped.isEmpty() ? (holder == null ? now : holder.start) : stopped.peek().start;
    while (!arrivals.isEmpty() && arrivals.peek().time < since) {
      arrivals.remove();
    }
    while (backlogs.size() > 1 && backlogs.peek().time < since) {
      backlogs.remove();
    }
  }

  /** A question came: what waits now. */
  public void sees(Moment m) {
    backlogs.add(new Backlog(m.time(), m.uplink(), m.cloud()));
    waiting = m.waiting();
  }

  /** A task arrives, wherever it goes. */
  public void comes(double now, Stake stake) {
    arrivals.add(new Arrival(now, stake.device()));
  }

  /** It waits for the device. */
  public void queues() {
    waiting++;
  }

  /** A task uploads at arrival, past this many who would have gone before it. */
  public void passedBy(Moment arrival, Terms terms, int ahead) {
    if (augment && ahead > 0 && !terms.space.atBoundary().get(0).isEmpty()) {
      elsewhere.add(new Elsewhere(arrival, terms, departed + departures.size() + ahead));
    }
  }

  /** A task has its turn. */
  public void starts(Terms terms, double now, Moment arrival) {
    holder = new Episode(terms, now);
    if (arrival != null && now > arrival.time()) {
      arrives(arrival, terms, now, waiting);
    }
  }

  /** The holder is at a boundary where it could stop. */
  public void reaches(Moment m) {
    holder.moments.add(m);
  }

  /** The holder stops. */
  public void stops(Action stop, double now) {
    holder.stop = stop;
    departures.add(now + stop.tail());
    stopped.add(holder);
    holder = null;
  }

  /** Those whose turn would have come with this departure. */
  private void turns(double time) {
    Iterator<Elsewhere> each = elsewhere.iterator();
    while (each.hasNext()) {
      Elsewhere e = each.next();
      if (e.turn <= departed) {
        each.remove();
        if (time > e.arrival.time()) {
          arrives(e.arrival, e.terms, time, waiting);
        }
      }
    }
  }

  /** Joining led, or would have led, to a turn at this time. */
  private void arrives(Moment arrival, Terms terms, double turn, double behind) {
    Backlog b = backlog(turn);
    Moment first = new Moment(0, turn, 0, behind, b.uplink, b.cloud, 0);
    double waited = turn - arrival.time();
    lesson(arrival, first, terms, -waited);
  }

  private void judge(Episode e) {
    List<Moment> moments = new ArrayList<>(e.moments);
    if (augment) {
      Moment last = moments.get(moments.size() - 1);
      DecisionSpace space = e.terms.space;
      for (int l = space.next(last.boundary()); l >= 0; l = space.next(l)) {
        moments.add(hypothetical(e, last, l));
      }
    }
    for (int i = 0; i + 1 < moments.size(); i++) {
      lesson(moments.get(i), moments.get(i + 1), e.terms, 0);
    }
  }

  /** Had the task not stopped: some who came would have waited, and its upload not been there. */
  private Moment hypothetical(Episode e, Moment last, int l) {
    double time = e.start + e.terms.space.reach().get(l);
    double waited = last.waitedFor() + last.waiting() * (time - last.time());
    double more = 0;
    for (Arrival a : arrivals) {
      if (a.time > last.time() && a.time <= time) {
        // Whoever would have waited for longer than the device is worth to it had gone elsewhere.
        double held = time - a.time;
        waited += Math.min(held, a.stake);
        more += a.stake > held ? 1 : 0;
      }
    }
    Backlog b = backlog(time);
    boolean own = e.stop.upload() && b.time > last.time();
    return new Moment(
        l,
        time,
        waited,
        last.waiting() + more,
        own ? Math.max(0, b.uplink - e.stop.sending()) : b.uplink,
        own ? Math.max(0, b.cloud - e.stop.cloud()) : b.cloud,
        0);
  }

  /** The newest backlogs seen before a time, drained until then. */
  private Backlog backlog(double time) {
    Backlog newest = backlogs.getLast();
    Iterator<Backlog> back = backlogs.descendingIterator();
    while (back.hasNext()) {
      newest = back.next();
      if (newest.time <= time) {
        break;
      }
    }
    double gone = Math.max(0, time - newest.time);
    return new Backlog(
        newest.time, Math.max(0, newest.uplink - gone), Math.max(0, newest.cloud - gone));
  }

  private void lesson(Moment from, Moment to, Terms t, double shift) {
    List<Action> stops =
        t.space.atBoundary().get(to.boundary()).stream().filter(t.allowed).toList();
    Action best = to.best(stops, t.utility);
    double nextStop = best == null ? Double.NEGATIVE_INFINITY : to.stop(best, t.utility);
    double guess = from.guess(t.space, t.utility, t.allowed, knowsQueues);
    double nextGuess = to.guess(t.space, t.utility, t.allowed, knowsQueues);
    if (Double.isFinite(guess) && Double.isFinite(Math.max(nextStop, nextGuess))) {
      lessons.accept(
          new BoundarySample(
              from.boundary(),
              from.input(t.space, scale, knowsQueues),
              guess,
              shift,
              nextStop,
              nextGuess,
              to.boundary(),
              to.input(t.space, scale, knowsQueues)));
    }
  }
}
