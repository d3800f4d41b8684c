package io.offloadlab.course;

import static io.offloadlab.sim.Worlds.CHAIN;
import static io.offloadlab.sim.Worlds.EDGE;
import static io.offloadlab.sim.Worlds.FIRST;
import static io.offloadlab.sim.Worlds.SECOND;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.offloadlab.course.Course.Phase;
import io.offloadlab.failure.RunFailure;
import io.offloadlab.graph.Component;
import io.offloadlab.graph.GraphBuilder;
import io.offloadlab.graph.WeightRef;
import io.offloadlab.sim.Worlds;
import io.offloadlab.strategy.Hop;
import io.offloadlab.strategy.NodeId;
import io.offloadlab.strategy.Route;
import io.offloadlab.strategy.Step;
import java.util.List;
import org.junit.jupiter.api.Test;

class CourseTest {
  private static final Hop FIRST_HERE = new Hop(FIRST, EDGE);
  private static final Hop SECOND_HERE = new Hop(SECOND, EDGE);
  private static final Hop SECOND_THERE = new Hop(SECOND, NodeId.CLOUD);

  private final Course course = new Course(Worlds.task(0, 5), 5);

  private static Component exit() {
    GraphBuilder g = new GraphBuilder(FIRST.output()).flatten("flat").linear("scores", 10);
    return new Component("exit", g.build("exit", List.of()), WeightRef.of("none"));
  }

  @Test
  void planned_routeOverTwoNodes_goesRunsAndReturns() {
    assertThat(course.planned(Route.split(CHAIN, 1, EDGE, NodeId.CLOUD)))
        .isEqualTo(new Move.Go(EDGE));
    assertThat(course.granted(6)).isEqualTo(new Move.Run(List.of(FIRST_HERE)));
    assertThat(course.ran()).isEqualTo(new Move.Go(NodeId.CLOUD));
    assertThat(course.granted(7)).isEqualTo(new Move.Run(List.of(SECOND_THERE)));
    assertThat(course.ran()).isEqualTo(new Move.Return(EDGE));
    course.finish();

    assertThat(course.phase()).isEqualTo(Phase.DONE);
    assertThat(course.startedSeconds()).isEqualTo(6);
  }

  @Test
  void answered_stepAfterStep_isAskedAtItsTurnAndAtEveryBoundary() {
    assertThat(course.answered(new Step.Compute(FIRST_HERE))).isEqualTo(new Move.Go(EDGE));
    assertThat(course.granted(6)).isEqualTo(Move.ASK);
    assertThat(course.answered(new Step.Compute(FIRST_HERE)))
        .isEqualTo(new Move.Run(List.of(FIRST_HERE)));
    assertThat(course.ran()).isEqualTo(Move.ASK);
    assertThat(course.answered(new Step.Finish(List.of(SECOND_THERE))))
        .isEqualTo(new Move.Go(NodeId.CLOUD));

    assertThat(course.route()).isEqualTo(Route.split(CHAIN, 1, EDGE, NodeId.CLOUD));
  }

  @Test
  void answered_betterThoughtOfAtItsTurn_forgetsWhatWasMeantAtArrival() {
    course.answered(new Step.Compute(FIRST_HERE));
    course.granted(6);

    course.answered(new Step.Finish(Route.onOneNode(CHAIN, NodeId.CLOUD).hops()));

    assertThat(course.ahead()).isEqualTo(Route.onOneNode(CHAIN, NodeId.CLOUD).hops());
  }

  @Test
  void answered_severalHopsToTheNextStop_runAsOneStep() {
    Step both = new Step.Compute(List.of(FIRST_HERE, SECOND_HERE));
    course.answered(both);
    course.granted(6);

    assertThat(course.answered(both)).isEqualTo(new Move.Run(both.hops()));
    course.ran();

    assertThat(course.done()).isEqualTo(both.hops());
  }

  @Test
  void answered_nothingEver_isRefused() {
    assertThatThrownBy(() -> course.answered(new Step.Finish(List.of())))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("finished task 0 before any component ran");
  }

  @Test
  void ran_exitAsSideBranch_judgesEverySampleAndLeavesTheTensorAlone() {
    course.answered(new Step.Compute(FIRST_HERE));
    course.granted(6);
    course.answered(new Step.Compute(List.of(FIRST_HERE, Hop.sideBranch(exit(), EDGE))));

    course.ran(List.of(0.1, 2.0));

    assertThat(course.entropies()).containsExactly(0.1, 2.0);
    assertThat(course.tensor()).isEqualTo(FIRST.output());
  }

  @Test
  void answered_sureEnoughAtASideBranch_endsWithItsPrediction() {
    course.answered(new Step.Compute(FIRST_HERE));
    course.granted(6);
    course.answered(new Step.Compute(List.of(FIRST_HERE, Hop.sideBranch(exit(), EDGE))));
    course.ran(List.of(0.1));

    assertThat(course.answered(new Step.Finish(List.of()))).isEqualTo(new Move.Return(EDGE));

    assertThat(course.tensor()).isEqualTo(exit().output());
    assertThat(course.entropies()).as("said once").isEmpty();
  }

  @Test
  void answered_notSureAtASideBranch_goesOnFromTheTensorBeforeIt() {
    course.answered(new Step.Compute(FIRST_HERE));
    course.granted(6);
    course.answered(new Step.Compute(List.of(FIRST_HERE, Hop.sideBranch(exit(), EDGE))));
    course.ran(List.of(2.0));

    course.answered(new Step.Finish(List.of(SECOND_THERE)));

    assertThat(course.route().components())
        .extracting(Component::name)
        .containsExactly("first", "exit", "second");
  }

  @Test
  void fail_onItsWay_isOverWithTheReason() {
    RunFailure why = new RunFailure("edge-1 is gone");
    course.planned(Route.onOneNode(CHAIN, EDGE));

    course.fail(why);
    course.fail(new RunFailure("something later"));

    assertThat(course.phase()).isEqualTo(Phase.FAILED);
    assertThat(course.failure()).isSameAs(why);
  }

  @Test
  void retry_nodeGoneInTheMiddle_setsOutAnewFromTheSource() {
    course.answered(new Step.Compute(FIRST_HERE));
    course.granted(6);
    course.answered(new Step.Compute(FIRST_HERE));
    course.ran();

    assertThat(course.retry()).isEqualTo(Move.ASK);
    assertThat(course.answered(new Step.Finish(Route.onOneNode(CHAIN, NodeId.CLOUD).hops())))
        .isEqualTo(new Move.Go(NodeId.CLOUD));

    assertThat(course.attempts()).isEqualTo(2);
    assertThat(course.route()).isEqualTo(Route.onOneNode(CHAIN, NodeId.CLOUD));
    assertThat(course.tensor()).isEqualTo(FIRST.input());
  }

  @Test
  void retry_plannedRoute_mayBePlannedAnew() {
    course.planned(Route.onOneNode(CHAIN, EDGE));
    course.retry();

    assertThat(course.planned(Route.onOneNode(CHAIN, NodeId.CLOUD)))
        .isEqualTo(new Move.Go(NodeId.CLOUD));
  }

  @Test
  void granted_whoseTurnIsNot_isRefused() {
    assertThatThrownBy(() -> course.granted(1))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("task 0 (ARRIVED edge-1, 0 of 0 hops run) cannot be granted a processor");
  }
}
