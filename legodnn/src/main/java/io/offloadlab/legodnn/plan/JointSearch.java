package io.offloadlab.legodnn.plan;

import io.offloadlab.legodnn.plan.BranchAndBound.Searched;
import io.offloadlab.legodnn.plan.Combinations.Whole;
import io.offloadlab.legodnn.plan.JointProblem.Member;
import io.offloadlab.legodnn.plan.SideBySide.Lane;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Searches the plans of some members side by side, the others' as they are, for better ones than
 * are known. What each could have alone rules most of the variants and nodes out before.
 */
final class JointSearch {
  /** Prices and labels of chains side by side. */
  private static final long MOST_SIDE_BY_SIDE = Effort.SECOND / 4;

  /** To find one member's near plans. */
  private static final long MOST_NEAR = Effort.SECOND / 2;

  /** Plans of one member that are still few enough to be combined. */
  private static final int MOST_PATHS = 20_000;

  /** Combinations that are looked at. */
  private static final long MOST_COMBINATIONS = 3_000_000;

  /** Above this the prices of chains side by side say less than what each two could have. */
  private static final int MOST_LANES = 2;

  private final Effort effort;
  private final JointProblem joint;
  private final List<Member> members = new ArrayList<>();
  private final List<PlanningProblem> problems = new ArrayList<>();
  private final List<ChainBuilder> builders = new ArrayList<>();
  private final List<Chain> whole = new ArrayList<>();
  private final Holdings others;
  private final long[] rest;
  private List<Path> found;
  private long least;
  private long bound = Long.MAX_VALUE;
  private boolean complete = true;

  /**
   * What a search found.
   *
   * @param plans of all members: the known ones where none are better
   * @param bound what no plans can be below, of the members that were searched; empty where they
   *     are a proven optimum
   */
  record Found(List<Plan> plans, OptionalDouble bound) {}

  private JointSearch(
      JointProblem joint, List<Integer> which, List<Plan> known, double[] rest, Effort effort) {
    this.effort = effort;
    this.joint = joint;
    others = new Holdings(joint);
    for (int m = 0; m < known.size(); m++) {
      if (!which.contains(m)) {
        others.add(joint.members().get(m), known.get(m));
      }
    }
    which.forEach(m -> members.add(joint.members().get(m)));
    members.forEach(m -> problems.add(others.leftTo(m)));
    double heaviest = members.stream().mapToDouble(Member::weight).max().orElseThrow();
    List<Double> weights = members.stream().map(m -> m.weight() / heaviest).toList();
    Scale scale = Scale.of(problems, weights);
    for (int m = 0; m < members.size(); m++) {
      builders.add(new ChainBuilder(problems.get(m), weights.get(m), scale));
      whole.add(builders.get(m).chain());
    }
    this.rest = Arrays.stream(rest).mapToLong(r -> builders.get(0).atLeast(r / heaviest)).toArray();
  }

  /**
   * Searches.
   *
   * @param which members are searched
   * @param known plans of all members
   * @param others for each of these, what the rest of them cannot be below; 0 where that is unknown
   * @param effort what may be spent
   */
  static Found over(
      JointProblem joint, List<Integer> which, List<Plan> known, double[] others, Effort effort) {
    JointSearch search = new JointSearch(joint, which, known, others, effort);
    search.run(which.stream().map(known::get).toList());
    List<Plan> plans = new ArrayList<>(known);
    for (int k = 0; search.found != null && k < which.size(); k++) {
      Path path = search.found.get(k);
      plans.set(which.get(k), Plan.of(search.problems.get(k), path.variants(), path.nodes()));
    }
    double heaviest = search.members.stream().mapToDouble(Member::weight).max().orElseThrow();
    return new Found(
        plans,
        search.complete
            ? OptionalDouble.empty()
            : OptionalDouble.of(search.builders.get(0).value(search.bound) * heaviest));
  }

  private void run(List<Plan> known) {
    least = value(known.stream().map(JointSearch::path).toList());
    ways(new ArrayList<>());
  }

  private static Path path(Plan plan) {
    return new Path(
        plan.choices().stream().mapToInt(Integer::intValue).toArray(),
        plan.nodes().stream().mapToInt(Integer::intValue).toArray());
  }

  /** Each member may keep the budget or be the original: every way in which they do. */
  private void ways(List<Chain> chains) {
    if (chains.size() == members.size()) {
      search(chains);
      return;
    }
    int m = chains.size();
    PlanningProblem problem = problems.get(m);
    Chain chain = whole.get(m);
    List<Chain> choices = new ArrayList<>(List.of(chain));
    if (problem.originalMeets() && problem.costBudget() < 0) {
      choices.add(chain.originals());
    }
    for (Chain choice : choices) {
      chains.add(choice);
      ways(chains);
      chains.remove(m);
    }
  }

  private void search(List<Chain> chains) {
    List<Long> alone = new ArrayList<>();
    for (Chain chain : chains) {
      Path path = BranchAndBound.solve(chain);
      if (path == null) {
        return;
      }
      alone.add(path.objective(chain));
    }
    long together = alone.stream().mapToLong(Long::longValue).sum();
    if (together >= least) {
      return;
    }
    // What is left to one if the others had the best that they can.
    long[] most = new long[chains.size()];
    Arrays.setAll(most, m -> least - Math.max(rest[m], together - alone.get(m)));
    if (combine(chains, most)) {
      return;
    }
    SideBySide all = sideBySide(chains, most);
    if (all == null) {
      complete = false;
      bound = Math.min(bound, together);
      return;
    }
    Searched searched =
        BranchAndBound.below(
            all.chain(others::left), least, Math.min(MOST_SIDE_BY_SIDE, effort.left()));
    effort.spend(searched.spent());
    if (searched.path() != null) {
      found = all.split(searched.path());
      least = value(found);
    }
    if (!searched.complete()) {
      complete = false;
      bound = Math.min(bound, Math.max(together, searched.bound()));
    }
  }

  /** The chains as one; null where it is not worth while. */
  private SideBySide sideBySide(List<Chain> chains, long[] most) {
    if (chains.size() > MOST_LANES || effort.isSpent()) {
      return null;
    }
    List<Lane> lanes = new ArrayList<>();
    for (int m = 0; m < chains.size(); m++) {
      lanes.add(
          new Lane(chains.get(m), below(chains.get(m), most[m]), problems.get(m), members.get(m)));
    }
    SideBySide all = new SideBySide(lanes);
    return all.isSearchable() ? all : null;
  }

  /** Looks at every combination of near plans, if they are few enough. */
  private boolean combine(List<Chain> chains, long[] most) {
    List<List<Whole>> near = new ArrayList<>();
    for (int m = 0; m < most.length; m++) {
      Effort own = new Effort(Math.min(MOST_NEAR, effort.left()));
      long before = own.left();
      Optional<List<Path>> paths = NearPlans.below(chains.get(m), most[m], MOST_PATHS, own);
      effort.spend(before - own.left());
      if (paths.isEmpty()) {
        return false;
      }
      if (paths.get().isEmpty()) {
        return true;
      }
      int member = m;
      Chain chain = chains.get(m);
      near.add(
          new ArrayList<>(paths.get().stream().map(path -> whole(member, chain, path)).toList()));
    }
    int memories = joint.budgets().size();
    Combinations.Found combined =
        Combinations.below(
            least, near, memories * perMemory(), others::left, memories, MOST_COMBINATIONS);
    if (combined.paths() != null) {
      found = combined.paths();
      least = value(found);
    }
    return combined.complete();
  }

  private Whole whole(int member, Chain chain, Path path) {
    int pieces = path.nodes().length;
    int[] memories = new int[pieces];
    int[] places = new int[pieces];
    long[] bytes = new long[pieces];
    for (int b = 0; b < pieces; b++) {
      int node = path.nodes()[b];
      int variant = path.variants()[b];
      memories[b] = members.get(member).memory(node);
      places[b] = memories[b] * perMemory() + b * perMemory() / pieces + variant;
      bytes[b] = problems.get(member).pieces().get(b).choices().get(variant).newBytes().get(node);
    }
    return new Whole(path, path.objective(chain), places, memories, bytes);
  }

  /** Numbers of places that a memory has. */
  private int perMemory() {
    List<PlanningProblem.Piece> pieces = problems.get(0).pieces();
    return pieces.size() * pieces.stream().mapToInt(p -> p.choices().size()).max().orElseThrow();
  }

  private long value(List<Path> paths) {
    long sum = 0;
    for (int m = 0; m < paths.size(); m++) {
      sum += paths.get(m).objective(whole.get(m));
    }
    return sum;
  }

  /** What may be chosen of a chain if its objective is to be below a value. */
  private static Candidates below(Chain chain, long value) {
    Multipliers multipliers = new Multipliers(chain);
    multipliers.limit(value);
    Candidates candidates = Candidates.all(chain);
    Multipliers.Dual dual =
        multipliers.search(candidates, multipliers.free(), BranchAndBound.ROOT_STEPS);
    candidates.keepBelow(value, chain, dual.relaxations());
    return candidates;
  }
}
