package io.offloadlab.legodnn.plan;

import io.offloadlab.legodnn.plan.Chain.Kind;
import io.offloadlab.legodnn.plan.Chain.Resource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;

/**
 * Every path of a chain whose objective is below a value, or the best of them, by depth first
 * search.
 */
final class NearPlans {
  /** What a step of the search comes to. */
  private static final int STEP = 200;

  private final Chain chain;
  private final int mostPaths;
  private final long mostSteps;
  private final Candidates candidates;
  private final Remaining remaining;
  private final List<Relaxation> relaxations;
  private final List<Frontier> frontiers;
  private final int cost;
  private final int[] variants;
  private final int[] nodes;
  private final boolean bestAlone;

  /** The worst first. */
  private final PriorityQueue<Found> found =
      new PriorityQueue<>(
          Comparator.comparingLong(Found::objective).thenComparingInt(Found::number).reversed());

  private long limit;
  private long steps;
  private int numbers;

  private record Found(Path path, long objective, int number) {}

  private NearPlans(Chain chain, long limit, int mostPaths, boolean bestAlone, long mostSteps) {
    this.chain = chain;
    this.limit = limit;
    this.mostPaths = mostPaths;
    this.bestAlone = bestAlone;
    this.mostSteps = mostSteps;
    this.variants = new int[chain.pieces()];
    this.nodes = new int[chain.pieces()];
    this.cost = cost();
    Multipliers multipliers = new Multipliers(chain);
    multipliers.limit(limit);
    candidates = Candidates.all(chain);
    Multipliers.Dual dual =
        multipliers.search(candidates, multipliers.free(), BranchAndBound.ROOT_STEPS);
    relaxations = dual.relaxations();
    candidates.keepBelow(limit, chain, relaxations);
    remaining = new Remaining(chain, candidates);
    Resource budget = cost < 0 ? null : chain.resources()[cost];
    frontiers = new ArrayList<>();
    for (Relaxation r : relaxations) {
      if (r.prices().objectiveCounts()) {
        long[] memoryAlone = r.prices().multipliers();
        if (cost >= 0) {
          memoryAlone[cost] = 0;
        }
        frontiers.add(
            new Frontier(chain, candidates, budget, new Prices(chain, true, memoryAlone)));
      }
    }
  }

  /**
   * All of them, or none if they are too many.
   *
   * @param limit what objectives are below
   * @param mostPaths so many at most
   * @param effort what may be spent
   */
  static Optional<List<Path>> below(Chain chain, long limit, int mostPaths, Effort effort) {
    return new NearPlans(chain, limit, mostPaths, false, effort.left() / STEP).search(effort);
  }

  /**
   * The best of them, the best first, as many as there are up to a number; none if the search would
   * take too long.
   *
   * @param limit what objectives are below
   * @param count how many
   * @param effort what may be spent
   */
  static Optional<List<Path>> best(Chain chain, long limit, int count, Effort effort) {
    return new NearPlans(chain, limit, count, true, effort.left() / STEP).search(effort);
  }

  private Optional<List<Path>> search(Effort effort) {
    extend(0, chain.source(), 0, new long[chain.resources().length], new long[frontiers.size()]);
    effort.spend(steps * STEP);
    if (isOver()) {
      return Optional.empty();
    }
    List<Path> paths = new ArrayList<>();
    while (!found.isEmpty()) {
      paths.add(found.remove().path());
    }
    Collections.reverse(paths);
    return Optional.of(paths);
  }

  private void add(long objective) {
    found.add(new Found(new Path(variants.clone(), nodes.clone()), objective, numbers++));
    if (bestAlone && found.size() > mostPaths) {
      found.remove();
    }
    if (bestAlone && found.size() == mostPaths) {
      limit = found.element().objective();
    }
  }

  private int cost() {
    for (int r = 0; r < chain.resources().length; r++) {
      if (chain.resources()[r].kind() == Kind.COST) {
        return r;
      }
    }
    return -1;
  }

  private boolean isOver() {
    return found.size() > mostPaths || steps > mostSteps;
  }

  private void extend(int b, int from, long objective, long[] use, long[] priced) {
    if (b == chain.pieces()) {
      long whole = objective + chain.hop()[b][from][chain.source()];
      if (whole < limit) {
        add(whole);
      }
      return;
    }
    for (int j = 0; j < chain.nodes(); j++) {
      boolean[] allowed = candidates.of(b, j);
      for (int v = 0; v < allowed.length && !isOver(); v++) {
        if (allowed[v]) {
          step(b, from, j, v, objective, use, priced);
        }
      }
    }
  }

  private void step(int b, int from, int j, int v, long before, long[] used, long[] priced) {
    steps++;
    long objective = before + chain.hop()[b][from][j] + chain.objective()[b][j][v];
    long[] use = used.clone();
    for (int r = 0; r < use.length; r++) {
      Resource resource = chain.resources()[r];
      use[r] += resource.hop(b, from, j) + resource.use(b, j, v);
      if (use[r] + remaining.least(r, b, j) > resource.budget()) {
        return;
      }
    }
    for (Relaxation r : relaxations) {
      if (r.bound(b, j, objective, use) >= limit) {
        return;
      }
    }
    long left = cost < 0 ? 0 : chain.resources()[cost].budget() - use[cost];
    long[] sums = Arrays.copyOf(priced, priced.length);
    for (int f = 0; f < sums.length; f++) {
      Prices p = frontiers.get(f).prices();
      sums[f] += p.ofHop(b, from, j) + p.of(b, j)[v];
      if (frontiers.get(f).bound(b, j, sums[f], left) >= limit) {
        return;
      }
    }
    variants[b] = v;
    nodes[b] = j;
    extend(b + 1, j, objective, use, sums);
  }
}
