package io.offloadlab.legodnn.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.offloadlab.legodnn.plan.JointProblem.Member;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JointPlannerTest {
  private static final int SYSTEMS = 16;
  private static final double[] SHARES = {0.6, 0.8, 1.0, 1.3};

  private static JointProblem system(int seed, int pieces, int variants, int edges) {
    return new RandomSystems(seed)
        .tight(pieces, variants, edges, SHARES[seed % SHARES.length], new Objective.Latency());
  }

  @ParameterizedTest
  @CsvSource({"4, 3, 2, 100", "4, 2, 3, 200"})
  @DisplayName("On 16 systems with tight budgets the gap to an exhaustive joint optimum is 0")
  void solve_tightSystems_equalsExhaustiveSearch(
      int pieces, int variants, int edges, int firstSeed) {
    int solved = 0;
    int conflicts = 0;
    for (int seed = firstSeed; solved < SYSTEMS; seed++) {
      // given
      JointProblem joint = system(seed, pieces, variants, edges);
      double least = JointBruteForce.leastSeconds(joint);
      if (least == Double.POSITIVE_INFINITY) {
        continue;
      }
      solved++;

      // when
      JointOutcome.Planned planned = planned(joint);

      // then
      assertThat(planned.isProven()).as("seed %d", seed).isTrue();
      assertThat(planned.value()).as("seed %d", seed).isCloseTo(least, within(1e-7));
      assertThat(planned.value()).isCloseTo(seconds(joint, planned), within(1e-12));
      assertThat(isWithinBudgets(joint, planned.plans())).as("seed %d", seed).isTrue();
      conflicts += alone(joint) < least - 1e-7 ? 1 : 0;
    }
    assertThat(conflicts).as("systems in which sources are in each other's way").isPositive();
  }

  @ParameterizedTest
  @CsvSource({"1, 5, 3, 2", "13, 5, 3, 2", "9, 5, 4, 2", "17, 4, 3, 3", "5, 4, 3, 3"})
  @DisplayName("Beyond enumeration, the joint plans are those of an independent MILP solver")
  void solve_largerSystems_equalsMilp(int seed, int pieces, int variants, int edges) {
    JointProblem joint = system(seed, pieces, variants, edges);
    double least = JointMilp.leastSeconds(joint);

    JointOutcome outcome = JointPlanner.solve(joint);

    if (outcome instanceof JointOutcome.Planned planned) {
      assertThat(planned.isProven()).isTrue();
      assertThat(planned.value()).isCloseTo(least, within(1e-6));
    } else {
      assertThat(least).isInfinite();
    }
  }

  @ParameterizedTest
  @CsvSource({"0, 2", "9, 2", "12, 2", "17, 2", "4, 3", "9, 3"})
  @DisplayName("Two or three sources of a network like ResNet-18 are planned to a proven optimum")
  void solve_sizeOfResNet18_isProven(int seed, int edges) {
    JointProblem joint = system(seed, 10, 5, edges);

    JointOutcome.Planned planned = planned(joint);

    assertThat(planned.isProven()).isTrue();
    assertThat(planned.value()).isGreaterThan(alone(joint));
    assertThat(isWithinBudgets(joint, planned.plans())).isTrue();
  }

  @Test
  @DisplayName("Where the search is cut short, the bound is below the plans and says so")
  void solve_manySourcesInLittleMemory_statesItsGap() {
    JointProblem joint = system(4, 10, 5, 4);

    JointOutcome.Planned planned = planned(joint);

    assertThat(planned.isProven()).isFalse();
    assertThat(planned.gap().orElseThrow()).isBetween(1e-6, 0.05);
    assertThat(planned.bound().orElseThrow()).isBetween(alone(joint) - 1e-12, planned.value());
    assertThat(isWithinBudgets(joint, planned.plans())).isTrue();
  }

  @Test
  @DisplayName("A node that plans are kept from counts in the bound alone")
  void solve_keptFromANode_boundIsWhatItCouldGive() {
    // given: the first source of a system with room for all may use itself and the cloud alone
    JointProblem all = system(3, 4, 3, 2);
    PlanningProblem wide = all.members().get(0).problem();
    PlanningProblem narrow =
        new PlanningProblem(
            wide.pieces(),
            List.of(wide.memoryBudgets().get(0), wide.memoryBudgets().get(1), 0L),
            wide.transferSeconds(),
            wide.source(),
            wide.costBudget(),
            wide.originalMeets(),
            wide.objective());
    Member member = new Member(narrow, List.of(0, 1, 2), 3, wide);

    // when
    JointOutcome.Planned planned = planned(new JointProblem(List.of(member), all.budgets()));

    // then
    double free = ((Outcome.Planned) VariantPlanner.solve(wide)).plan().seconds();
    assertThat(planned.bound().orElseThrow()).isCloseTo(3 * free, within(1e-12));
  }

  @Test
  void solve_sameProblemTwice_givesTheSamePlans() {
    assertThat(JointPlanner.solve(system(9, 10, 5, 2)))
        .isEqualTo(JointPlanner.solve(system(9, 10, 5, 2)));
  }

  @ParameterizedTest
  @CsvSource({"9", "13", "0"})
  @DisplayName("The weighted objective, too, is no worse than planning in turn and bounded")
  void solve_weighted_isBounded(int seed) {
    JointProblem joint =
        new RandomSystems(seed).tight(6, 4, 2, 0.8, new Objective.Weighted(1, 1, 1));

    JointOutcome outcome = JointPlanner.solve(joint);

    if (outcome instanceof JointOutcome.Planned planned) {
      assertThat(planned.isProven()).isTrue();
      assertThat(isWithinBudgets(joint, planned.plans())).isTrue();
    }
  }

  private static JointOutcome.Planned planned(JointProblem joint) {
    return (JointOutcome.Planned) JointPlanner.solve(joint);
  }

  private static double alone(JointProblem joint) {
    return joint.members().stream()
        .mapToDouble(m -> ((Outcome.Planned) VariantPlanner.solve(m.problem())).plan().seconds())
        .sum();
  }

  private static double seconds(JointProblem joint, JointOutcome.Planned planned) {
    double sum = 0;
    for (int m = 0; m < joint.members().size(); m++) {
      sum += joint.members().get(m).weight() * planned.plans().get(m).seconds();
    }
    return sum;
  }

  private static boolean isWithinBudgets(JointProblem joint, List<Plan> plans) {
    Map<Integer, Map<String, Long>> held = new HashMap<>();
    for (int m = 0; m < plans.size(); m++) {
      Member member = joint.members().get(m);
      for (int b = 0; b < plans.get(m).choices().size(); b++) {
        int variant = plans.get(m).choices().get(b);
        held.computeIfAbsent(member.memory(plans.get(m).nodes().get(b)), any -> new HashMap<>())
            .put(
                b + "@" + variant, member.problem().pieces().get(b).choices().get(variant).bytes());
      }
    }
    return held.entrySet().stream()
        .allMatch(
            e ->
                e.getValue().values().stream().mapToLong(Long::longValue).sum()
                    <= joint.budgets().get(e.getKey()));
  }
}
