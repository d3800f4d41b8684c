package io.offloadlab.legodnn;

import io.offloadlab.legodnn.plan.BestPlans;
import io.offloadlab.legodnn.plan.JointOutcome;
import io.offloadlab.legodnn.plan.JointPlanner;
import io.offloadlab.legodnn.plan.JointProblem;
import io.offloadlab.legodnn.plan.JointProblem.Member;
import io.offloadlab.legodnn.plan.Plan;
import io.offloadlab.legodnn.plan.PlanningProblem;
import io.offloadlab.strategy.NodeId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The joint problem of a system's sources.
 *
 * <p>Of a few edges, each is a source by itself and may use all nodes. In a fleet, equal edges have
 * equal plans, each on its own edge, the cloud and some edges that help all the others; what could
 * be had with any other edge is what bounds them.
 */
final class SourcePlans {
  /** Edges that are all planned for by themselves. */
  private static final int FEW = 8;

  /** Edges beside its own that a plan is bounded with; of more, the best of all in everything. */
  private static final int MOST_OTHERS = 4;

  private static final int FIRST_HELPERS = 3;
  private static final int MOST_HELPERS = 8;

  /** Worse than the bound by more than this, a fleet is tried with helpers. */
  private static final double GOOD = 1e-3;

  private final Problems problems;
  private final Sites sites;
  private final Site ideal;

  SourcePlans(Problems problems, Sites sites) {
    this.problems = problems;
    this.sites = sites;
    this.ideal = sites.ideal();
  }

  /**
   * Where a source's plan lies.
   *
   * @param plan of the source
   * @param nodes that its numbers stand for
   */
  record Placed(Plan plan, List<NodeId> nodes) {}

  /**
   * What came out.
   *
   * @param plans per source
   * @param outcome what they come to
   * @param sources whose plans the outcome has
   * @param joint the problem that was solved
   */
  record Result(
      Map<NodeId, Placed> plans, JointOutcome outcome, List<Source> sources, JointProblem joint) {

    /**
     * A source's best plans while the others' stay as they are, the best first; empty where that
     * would take too long.
     */
    Optional<List<Placed>> best(NodeId source, int count) {
      List<Plan> all = ((JointOutcome.Planned) outcome).plans();
      for (int m = 0; m < sources.size(); m++) {
        for (Site one : sources.get(m).equal()) {
          if (one.node().equals(source)) {
            List<NodeId> nodes = sources.get(m).nodesOf(one);
            return BestPlans.of(joint, all, m, count)
                .map(plans -> plans.stream().map(plan -> new Placed(plan, nodes)).toList());
          }
        }
      }
      return Optional.empty();
    }
  }

  /** Plans for tasks that arise at the cloud. */
  Result atCloud() {
    List<Site> others = sites.useful(List.of());
    boolean all = others.size() <= FEW;
    List<Site> nodes =
        Stream.concat(
                Stream.of(sites.cloud()),
                (all ? others : sites.helpers(FIRST_HELPERS, MOST_HELPERS)).stream())
            .toList();
    return solve(
        List.of(new Source(List.of(sites.cloud()), nodes, all ? List.of() : List.of(ideal))));
  }

  /** Plans for tasks that arise at every edge. */
  Result atEdges() {
    if (sites.edges().size() <= FEW) {
      return few();
    }
    Result alone = fleet(List.of());
    if (alone.outcome() instanceof JointOutcome.Planned p && p.gap().orElse(1) <= GOOD) {
      return alone;
    }
    Result helped = fleet(sites.helpers(FIRST_HELPERS, MOST_HELPERS));
    Result best = better(alone, helped);
    return best.outcome() instanceof JointOutcome.Planned ? best : together();
  }

  private static Result better(Result a, Result b) {
    if (a.outcome() instanceof JointOutcome.Planned first
        && b.outcome() instanceof JointOutcome.Planned second) {
      return second.value() < first.value() ? b : a;
    }
    return a.outcome() instanceof JointOutcome.Planned ? a : b;
  }

  private Result few() {
    List<Site> all = new ArrayList<>(List.of(sites.cloud()));
    all.addAll(sites.edges());
    return solve(sites.edges().stream().map(e -> new Source(List.of(e), all, List.of())).toList());
  }

  private Result fleet(List<Site> helpers) {
    List<Source> sources = new ArrayList<>();
    for (Site helper : helpers) {
      sources.add(source(List.of(helper), helpers));
    }
    List<Site> rest = sites.edges().stream().filter(e -> !helpers.contains(e)).toList();
    for (List<Site> kind : Sites.kinds(rest)) {
      sources.add(source(kind, helpers));
    }
    return solve(sources);
  }

  private Source source(List<Site> kind, List<Site> helpers) {
    List<Site> nodes = new ArrayList<>(List.of(sites.cloud(), kind.get(0)));
    helpers.stream().filter(h -> !h.equals(kind.get(0))).forEach(nodes::add);
    List<Site> others = sites.useful(nodes);
    return new Source(kind, nodes, others.size() > MOST_OTHERS ? List.of(ideal) : others);
  }

  /** One plan for all, where no two edges' own fit beside each other. */
  private Result together() {
    List<Site> nodes = new ArrayList<>(List.of(sites.cloud()));
    nodes.addAll(sites.roomiest());
    Site first = nodes.get(1);
    List<Source> source = List.of(new Source(List.of(first), nodes, List.of()));
    Result one = solve(source);
    Map<NodeId, Placed> plans = new LinkedHashMap<>();
    sites.edges().forEach(e -> plans.put(e.node(), one.plans().get(first.node())));
    return one.outcome() instanceof JointOutcome.Planned p
        ? new Result(plans, p.unproven(), source, one.joint())
        : one;
  }

  /**
   * Equal sources.
   *
   * @param equal all of them
   * @param nodes that the plan of the first may use, itself for each of the others
   * @param kept nodes that it is kept from
   */
  record Source(List<Site> equal, List<Site> nodes, List<Site> kept) {
    List<NodeId> nodesOf(Site one) {
      return nodes.stream().map(n -> n.equals(equal.get(0)) ? one.node() : n.node()).toList();
    }
  }

  private Result solve(List<Source> sources) {
    List<Long> budgets = new ArrayList<>();
    Map<NodeId, Integer> memories = new LinkedHashMap<>();
    List<Member> members = new ArrayList<>();
    for (Source s : sources) {
      for (Site n : s.nodes()) {
        if (memories.putIfAbsent(n.node(), budgets.size()) == null) {
          budgets.add(n.budget());
        }
      }
      List<Site> wider = Stream.concat(s.nodes().stream(), s.kept().stream()).toList();
      int at = s.nodes().indexOf(s.equal().get(0));
      members.add(
          new Member(
              problem(s.nodes(), at),
              s.nodes().stream().map(n -> memories.get(n.node())).toList(),
              s.equal().size(),
              problem(wider, at)));
    }
    JointProblem joint = new JointProblem(members, budgets);
    JointOutcome outcome = JointPlanner.solve(joint);
    Map<NodeId, Placed> plans = new LinkedHashMap<>();
    if (outcome instanceof JointOutcome.Planned planned) {
      IntStream.range(0, sources.size())
          .forEach(
              m ->
                  sources
                      .get(m)
                      .equal()
                      .forEach(
                          one ->
                              plans.put(
                                  one.node(),
                                  new Placed(
                                      planned.plans().get(m), sources.get(m).nodesOf(one)))));
    }
    return new Result(plans, outcome, sources, joint);
  }

  private PlanningProblem problem(List<Site> nodes, int source) {
    return problems.problem(
        nodes.stream().map(Site::times).toList(),
        nodes.stream().map(Site::budget).toList(),
        source);
  }
}
