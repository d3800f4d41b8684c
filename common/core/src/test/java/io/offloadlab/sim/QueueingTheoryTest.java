package io.offloadlab.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.offloadlab.sim.SimulationOptions.BackgroundLoad;
import io.offloadlab.sim.SimulationOptions.ServiceTimes;
import io.offloadlab.strategy.Arrivals;
import io.offloadlab.strategy.OffloadStrategy;
import io.offloadlab.strategy.Route;
import io.offloadlab.strategy.Scenario;
import io.offloadlab.stream.TaskStream;
import java.util.DoubleSummaryStatistics;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One edge whose service takes 3 s on average, against the Pollaczek-Khinchine formula. */
class QueueingTheoryTest {
  private static final double SERVICE = 3;

  @DisplayName("M/M/1: mean waiting time is rho / (mu - lambda) within 2%")
  @ParameterizedTest
  @CsvSource({"0.3, 1500000", "0.6, 2500000", "0.9, 8000000"})
  void exponentialService(double rho, int tasks) {
    assertThat(meanWaitSeconds(rho, tasks, ServiceTimes.EXPONENTIAL))
        .isCloseTo(SERVICE * rho / (1 - rho), withinPercentage(2));
  }

  @DisplayName("M/D/1: mean waiting time is half of that within 2%")
  @ParameterizedTest
  @CsvSource({"0.3, 400000", "0.6, 1000000", "0.9, 5000000"})
  void constantService(double rho, int tasks) {
    assertThat(meanWaitSeconds(rho, tasks, ServiceTimes.CONSTANT))
        .isCloseTo(SERVICE * rho / (1 - rho) / 2, withinPercentage(2));
  }

  private static double meanWaitSeconds(double rho, int tasks, ServiceTimes service) {
    Scenario scenario = Worlds.scenario(1, new Arrivals.Poisson(rho / SERVICE), 1);
    OffloadStrategy onEdge = Worlds.always(Route.onOneNode(Worlds.CHAIN, Worlds.EDGE));
    DoubleSummaryStatistics waits = new DoubleSummaryStatistics();
    new Simulator(
            scenario,
            Worlds.view(1),
            new SimulationOptions(Integer.MAX_VALUE, service, BackgroundLoad.NONE))
        .run(new TaskStream(scenario, 10, tasks), onEdge, r -> waits.accept(r.latency().queueMs()));
    return waits.getAverage() / 1e3;
  }
}
