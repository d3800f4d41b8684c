package io.offloadlab.legodnn.plan;

import io.offloadlab.legodnn.plan.Chain.Axes;
import io.offloadlab.legodnn.plan.Chain.Kind;
import io.offloadlab.legodnn.plan.Chain.Resource;
import io.offloadlab.legodnn.plan.PlanningProblem.Piece;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Several chains as one: its nodes are tuples of theirs and so are its variants, its objective is
 * the sum, and a memory holds what several run at a piece once. So what solves a chain solves all
 * of them together.
 */
final class SideBySide {
  /** Above this, it is not tried: prices alone would take seconds. */
  private static final double MOST_STEPS = 3e6;

  private final List<Lane> lanes;
  private final int pieces;
  private final int[][] nodes;
  private final int[][][] variants;

  /**
   * One of the chains.
   *
   * @param chain with its own resources
   * @param candidates what may be chosen of it
   * @param problem whose variants they are
   * @param member whose memories they are put into
   */
  record Lane(
      Chain chain, Candidates candidates, PlanningProblem problem, JointProblem.Member member) {}

  SideBySide(List<Lane> lanes) {
    this.lanes = lanes;
    this.pieces = lanes.get(0).chain().pieces();
    this.nodes = tuples(lanes.stream().map(this::nodesOf).toList());
    this.variants = new int[pieces][][];
    for (int b = 0; b < pieces; b++) {
      int piece = b;
      variants[b] = tuples(lanes.stream().map(l -> variantsOf(l, piece)).toList());
    }
  }

  /** Nodes on which a chain may still run something, and the one where it begins. */
  private int[] nodesOf(Lane lane) {
    boolean[] used = new boolean[lane.chain().nodes()];
    used[lane.chain().source()] = true;
    for (int b = 0; b < pieces; b++) {
      for (int i = 0; i < used.length; i++) {
        used[i] |= lane.candidates().allows(b, i);
      }
    }
    return set(used);
  }

  private static int[] variantsOf(Lane lane, int piece) {
    boolean[] used = new boolean[lane.chain().variants(piece)];
    for (int i = 0; i < lane.chain().nodes(); i++) {
      boolean[] here = lane.candidates().of(piece, i);
      for (int v = 0; v < used.length; v++) {
        used[v] |= here[v];
      }
    }
    return set(used);
  }

  private static int[] set(boolean[] used) {
    return java.util.stream.IntStream.range(0, used.length).filter(i -> used[i]).toArray();
  }

  /** {@code [lane][tuple]}: every combination. */
  private static int[][] tuples(List<int[]> values) {
    double count = values.stream().mapToDouble(v -> v.length).reduce(1, (a, b) -> a * b);
    if (count > MOST_STEPS) {
      return new int[values.size()][0];
    }
    int[][] all = new int[values.size()][(int) count];
    int repeat = 1;
    for (int m = 0; m < all.length; m++) {
      int[] own = values.get(m);
      for (int t = 0; t < all[m].length; t++) {
        all[m][t] = own[t / repeat % own.length];
      }
      repeat *= own.length;
    }
    return all;
  }

  private int nodes() {
    return nodes[0].length;
  }

  private int variants(int piece) {
    return variants[piece][0].length;
  }

  /** Whether something can be chosen, and it is few enough to be searched. */
  boolean isSearchable() {
    double steps = 0;
    for (int b = 0; b < pieces; b++) {
      double here = (double) nodes() * (nodes() + variants(b) * (2.0 + 2 * lanes.size()));
      if (here == 0) {
        return false;
      }
      steps += here;
    }
    return steps <= MOST_STEPS;
  }

  /**
   * The chain.
   *
   * @param left bytes that are left of each memory
   */
  Chain chain(java.util.function.IntToLongFunction left) {
    long[][][] objective = new long[pieces][nodes()][];
    for (int b = 0; b < pieces; b++) {
      for (int j = 0; j < nodes(); j++) {
        objective[b][j] = new long[variants(b)];
        for (int v = 0; v < objective[b][j].length; v++) {
          objective[b][j][v] = objective(b, j, v);
        }
      }
    }
    List<Resource> resources = new ArrayList<>();
    memories(objective)
        .forEach(
            (memory, use) -> {
              if (most(use) > left.applyAsLong(memory)) {
                resources.add(new Resource(use, null, left.applyAsLong(memory), Kind.MEMORY));
              }
            });
    for (int m = 0; m < lanes.size(); m++) {
      for (Resource own : lanes.get(m).chain().resources()) {
        if (own.kind() == Kind.COST) {
          resources.add(new Resource(of(own, m, objective), null, own.budget(), Kind.COST));
        }
      }
    }
    return new Chain(
        source(),
        objective,
        hops(),
        resources.toArray(Resource[]::new),
        false,
        new Axes(nodes, variants));
  }

  /** What a path through all chains is in each of them. */
  List<Path> split(Path path) {
    List<Path> own = new ArrayList<>();
    for (int m = 0; m < lanes.size(); m++) {
      int[] v = new int[pieces];
      int[] n = new int[pieces];
      for (int b = 0; b < pieces; b++) {
        v[b] = variants[b][m][path.variants()[b]];
        n[b] = nodes[m][path.nodes()[b]];
      }
      own.add(new Path(v, n));
    }
    return own;
  }

  private int source() {
    for (int j = 0; j < nodes(); j++) {
      boolean all = true;
      for (int m = 0; m < lanes.size(); m++) {
        all &= nodes[m][j] == lanes.get(m).chain().source();
      }
      if (all) {
        return j;
      }
    }
    throw new IllegalStateException("each chain has its source among its nodes");
  }

  private long objective(int piece, int node, int variant) {
    long sum = 0;
    for (int m = 0; m < lanes.size(); m++) {
      Lane lane = lanes.get(m);
      int i = nodes[m][node];
      int v = variants[piece][m][variant];
      if (!lane.candidates().of(piece, i)[v]) {
        return Chain.ABSENT;
      }
      sum += lane.chain().objective()[piece][i][v];
    }
    return sum;
  }

  private long[][][] hops() {
    long[][][] all = new long[pieces + 1][nodes()][nodes()];
    for (int b = 0; b <= pieces; b++) {
      for (int from = 0; from < nodes(); from++) {
        for (int to = 0; to < nodes(); to++) {
          for (int m = 0; m < lanes.size(); m++) {
            all[b][from][to] += lanes.get(m).chain().hop()[b][nodes[m][from]][nodes[m][to]];
          }
        }
      }
    }
    return all;
  }

  /** One chain's own resource, in all of them. */
  private long[][][] of(Resource own, int lane, long[][][] objective) {
    long[][][] use = new long[pieces][nodes()][];
    for (int b = 0; b < pieces; b++) {
      for (int j = 0; j < nodes(); j++) {
        use[b][j] = new long[objective[b][j].length];
        for (int v = 0; v < use[b][j].length; v++) {
          use[b][j][v] = own.use(b, nodes[lane][j], variants[b][lane][v]);
        }
      }
    }
    return use;
  }

  /** Bytes by memory. */
  private Map<Integer, long[][][]> memories(long[][][] objective) {
    Map<Integer, long[][][]> all = new TreeMap<>();
    for (int b = 0; b < pieces; b++) {
      for (int j = 0; j < nodes(); j++) {
        for (int m = 0; m < lanes.size(); m++) {
          int memory = lanes.get(m).member().memory(nodes[m][j]);
          long[][][] use = all.computeIfAbsent(memory, any -> new long[pieces][nodes()][]);
          if (use[b][j] == null) {
            use[b][j] = new long[objective[b][j].length];
          }
          for (int v = 0; v < use[b][j].length; v++) {
            use[b][j][v] += isFirst(memory, b, j, m, v) ? bytes(b, j, m, v) : 0;
          }
        }
      }
    }
    return all;
  }

  /** Whether no chain before this one runs the same there. */
  private boolean isFirst(int memory, int piece, int node, int lane, int variant) {
    for (int m = 0; m < lane; m++) {
      if (lanes.get(m).member().memory(nodes[m][node]) == memory
          && variants[piece][m][variant] == variants[piece][lane][variant]) {
        return false;
      }
    }
    return true;
  }

  private long bytes(int piece, int node, int lane, int variant) {
    Piece own = lanes.get(lane).problem().pieces().get(piece);
    return own.choices().get(variants[piece][lane][variant]).newBytes().get(nodes[lane][node]);
  }

  private static double most(long[][][] use) {
    double sum = 0;
    for (long[][] piece : use) {
      sum +=
          Arrays.stream(piece)
              .filter(java.util.Objects::nonNull)
              .mapToLong(v -> Arrays.stream(v).max().orElse(0))
              .max()
              .orElse(0);
    }
    return sum;
  }
}
