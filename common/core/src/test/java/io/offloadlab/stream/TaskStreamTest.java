package io.offloadlab.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.offloadlab.strategy.Arrivals;
import io.offloadlab.strategy.LinkSpec;
import io.offloadlab.strategy.NodeId;
import io.offloadlab.strategy.Scenario;
import io.offloadlab.strategy.Task;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class TaskStreamTest {
  private static final Arrivals SEQUENTIAL = new Arrivals.Sequential();

  private static Scenario scenario(
      long seed, int batch, int edges, boolean atCloud, Arrivals arrivals) {
    return new Scenario(
        "test",
        atCloud,
        Collections.nCopies(edges + 1, new Scenario.NodeSpec(1, Long.MAX_VALUE)),
        Collections.nCopies(edges, LinkSpec.UNSHAPED),
        arrivals,
        batch,
        0.5,
        seed);
  }

  @Property(tries = 100)
  void equalSeeds_giveEqualTasks(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 40) int batch) {
    Scenario scenario = scenario(seed, batch, 3, false, new Arrivals.Poisson(7));

    List<Task> tasks = new TaskStream(scenario, 50, 30).toList();

    assertThat(new TaskStream(scenario, 50, 30).toList()).isEqualTo(tasks);
    assertThat(new TaskStream(scenario, 50, 12).toList()).isEqualTo(tasks.subList(0, 12));
  }

  @Property(tries = 200)
  void everyPass_holdsEachImageOnce(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 20) int batch,
      @ForAll @IntRange(min = 1, max = 60) int images) {
    int perPass = (images + batch - 1) / batch;
    List<Task> tasks =
        new TaskStream(scenario(seed, batch, 2, true, SEQUENTIAL), images, 3 * perPass).toList();

    for (int pass = 0; pass < 3; pass++) {
      List<Task> ofPass = tasks.subList(pass * perPass, (pass + 1) * perPass);
      assertThat(ofPass.stream().flatMap(t -> t.images().stream()))
          .containsExactlyInAnyOrderElementsOf(IntStream.range(0, images).boxed().toList());
      assertThat(ofPass.subList(0, perPass - 1)).allMatch(t -> t.batch() == batch);
    }
  }

  @Test
  void seventyNineTasksOf128_coverTenThousandImages_theLastWith16() {
    List<Task> tasks = new TaskStream(scenario(1, 128, 2, true, SEQUENTIAL), 10_000, 79).toList();

    assertThat(tasks.stream().flatMap(t -> t.images().stream()).distinct()).hasSize(10_000);
    assertThat(tasks.get(78).batch()).isEqualTo(16);
  }

  @Test
  void passes_areOrderedDifferently_andSoAreSeeds() {
    List<Task> tasks = new TaskStream(scenario(1, 100, 2, true, SEQUENTIAL), 100, 2).toList();
    Task other = new TaskStream(scenario(2, 100, 2, true, SEQUENTIAL), 100, 1).iterator().next();

    assertThat(tasks.get(0).images()).isNotEqualTo(tasks.get(1).images());
    assertThat(tasks.get(0).images()).isNotEqualTo(other.images());
  }

  @Test
  void images_doNotDependOnArrivals() {
    List<Task> sequential = new TaskStream(scenario(1, 3, 2, true, SEQUENTIAL), 50, 40).toList();
    List<Task> poisson =
        new TaskStream(scenario(1, 3, 2, true, new Arrivals.Poisson(2)), 50, 40).toList();

    assertThat(images(poisson)).isEqualTo(images(sequential));
  }

  private static List<List<Integer>> images(List<Task> tasks) {
    return tasks.stream().map(Task::images).toList();
  }

  @Test
  void devices_takeTurns_andSourcesFollowTheScenario() {
    List<Task> atEdges = new TaskStream(scenario(1, 1, 3, false, SEQUENTIAL), 9, 6).toList();
    List<Task> atCloud = new TaskStream(scenario(1, 1, 3, true, SEQUENTIAL), 9, 6).toList();

    assertThat(atEdges.stream().map(t -> t.device().index())).containsExactly(1, 2, 3, 1, 2, 3);
    assertThat(atEdges).allMatch(t -> t.source().equals(t.device()));
    assertThat(atCloud).allMatch(t -> t.source().equals(NodeId.CLOUD) && !t.device().isCloud());
    assertThat(atCloud).allMatch(t -> t.arrivalSeconds() == 0);
    assertThat(atCloud.stream().map(Task::id)).containsExactly(0, 1, 2, 3, 4, 5);
  }

  @Test
  void poissonGaps_haveTheMeanAndDeviationOfAnExponential() {
    int n = 20_000;
    double rate = 4;
    List<Task> tasks =
        new TaskStream(scenario(3, 1, 2, true, new Arrivals.Poisson(rate)), 100, n).toList();
    double[] gaps =
        IntStream.range(0, n)
            .mapToDouble(
                i ->
                    tasks.get(i).arrivalSeconds()
                        - (i == 0 ? 0 : tasks.get(i - 1).arrivalSeconds()))
            .toArray();

    double mean = IntStream.range(0, n).mapToDouble(i -> gaps[i]).average().orElseThrow();
    double variance =
        IntStream.range(0, n).mapToDouble(i -> Math.pow(gaps[i] - mean, 2)).sum() / (n - 1);

    // Four standard errors: 1/rate/sqrt(n) of the mean, sqrt(8/n)/rate^2 of the variance.
    assertThat(mean).isCloseTo(1 / rate, within(4 / rate / Math.sqrt(n)));
    assertThat(variance).isCloseTo(1 / rate / rate, within(4 * Math.sqrt(8.0 / n) / rate / rate));
  }

  @Test
  void bernoulliArrivals_fallOnSlots_asOftenAsTheProbabilitySays() {
    int n = 20_000;
    double p = 0.3;
    List<Task> tasks =
        new TaskStream(scenario(4, 1, 2, true, new Arrivals.Bernoulli(p, 0.5)), 100, n).toList();

    assertThat(tasks).allMatch(t -> t.arrivalSeconds() * 2 == Math.rint(t.arrivalSeconds() * 2));
    assertThat(IntStream.range(1, n))
        .allMatch(i -> tasks.get(i).arrivalSeconds() > tasks.get(i - 1).arrivalSeconds());
    double slots = tasks.get(n - 1).arrivalSeconds() / 0.5 + 1;
    double standardError = Math.sqrt((1 - p) / n) / p;
    assertThat(slots / n).isCloseTo(1 / p, within(4 * standardError));
  }

  @Test
  void bernoulliArrivals_withProbabilityOne_fillEverySlot() {
    List<Task> tasks =
        new TaskStream(scenario(4, 1, 2, true, new Arrivals.Bernoulli(1, 2)), 100, 4).toList();

    assertThat(tasks.stream().map(Task::arrivalSeconds)).containsExactly(0.0, 2.0, 4.0, 6.0);
  }

  @Test
  void images_oddOnes_areDrawnOnceEachAndNoOthers() {
    List<Task> pass =
        new TaskStream(scenario(1, 1, 2, true, SEQUENTIAL), ImagePool.odd(11), 5).toList();

    assertThat(pass).flatExtracting(Task::images).containsExactlyInAnyOrder(1, 3, 5, 7, 9);
  }
}
