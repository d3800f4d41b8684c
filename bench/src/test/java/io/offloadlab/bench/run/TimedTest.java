package io.offloadlab.bench.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.offloadlab.bench.metric.DecisionTimes;
import io.offloadlab.graph.Component;
import io.offloadlab.strategy.NodeId;
import io.offloadlab.strategy.OffloadStrategy;
import io.offloadlab.strategy.Route;
import io.offloadlab.strategy.SystemView;
import io.offloadlab.strategy.Task;
import java.util.List;
import org.junit.jupiter.api.Test;

class TimedTest {
  private static final Route ROUTE = Route.onOneNode(FakeNetworks.CHAIN, NodeId.CLOUD);

  /** Answers once a clock has moved on by a millisecond times the number of the question. */
  private static final class Slow implements OffloadStrategy {
    private int asked;

    @Override
    public List<Component> components() {
      return FakeNetworks.CHAIN;
    }

    @Override
    public Route route(Task task, SystemView view) {
      long until = System.nanoTime() + ++asked * 1_000_000L;
      while (System.nanoTime() < until) {
        Thread.onSpinWait();
      }
      return ROUTE;
    }

    @Override
    public double expectedAccuracy(Route route) {
      return 1;
    }
  }

  @Test
  void quantileMs_ofSlowAnswers_noLessThanTheyTook() {
    DecisionTimes times = new DecisionTimes();
    OffloadStrategy timed = Interposed.of(new Slow(), new Timed(times));
    List<Task> tasks = FakeNetworks.tasks(3, 1);

    tasks.forEach(t -> assertThat(timed.route(t, FakeNetworks.view())).isSameAs(ROUTE));

    assertThat(times.quantileMs(0)).isGreaterThanOrEqualTo(0.999);
    assertThat(times.quantileMs(.5)).isGreaterThanOrEqualTo(1.998);
    assertThat(times.quantileMs(1)).isGreaterThanOrEqualTo(2.997);
  }

  @Test
  void quantileMs_ofNoAnswer_isUnknown() {
    DecisionTimes times = new DecisionTimes();
    times.add(1_000_000);

    times.clear();

    assertThat(times.quantileMs(.5)).isNaN();
  }
}
