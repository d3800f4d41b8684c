package io.offloadlab.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.offloadlab.failure.RunFailure;
import io.offloadlab.graph.Component;
import io.offloadlab.graph.ResNets;
import io.offloadlab.graph.Shape;
import io.offloadlab.graph.WeightRef;
import io.offloadlab.profile.ProfiledNode.Rounds;
import io.offloadlab.strategy.Inference;
import io.offloadlab.strategy.SystemView;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Nodes and links that take exactly as long as they are told to. */
class ProfilerTest {
  private static final List<Component> CHAIN =
      ResNets.resnet18(10, 16, Shape.of(3, 32, 32)).components(WeightRef.of("none"));

  private static final class Node implements ProfiledNode {
    final double secondsPerComponent;

    Node(double secondsPerComponent) {
      this.secondsPerComponent = secondsPerComponent;
    }

    @Override
    public String name() {
      return "node";
    }

    @Override
    public int cores() {
      return 4;
    }

    @Override
    public long memoryBytes() {
      return 1 << 20;
    }

    @Override
    public CompletableFuture<List<Time>> times(
        List<List<String>> programs, int batch, Rounds rounds, int cores) {
      double slowdown = cores == 0 ? 1 : 1 + 0.5 * (cores() - cores);
      return CompletableFuture.completedFuture(
          programs.stream().map(p -> new Time(slowdown * seconds(p.size()), "abacus", 3)).toList());
    }

    /** A tenth of each component is saved where it follows another. */
    private double seconds(int components) {
      return secondsPerComponent * (components - 0.1 * (components - 1));
    }
  }

  /** 10 ms round trip; each transfer is disturbed by another delay, one by none. */
  private static final class Link implements ProfiledLink {
    final double down;
    final double up;
    private int exchanges;
    private long largest;

    Link(double down, double up) {
      this.down = down;
      this.up = up;
    }

    @Override
    public String name() {
      return "link";
    }

    @Override
    public CompletableFuture<Double> exchangeSeconds(int downBytes, int upBytes) {
      largest = Math.max(largest, Math.max(downBytes, upBytes));
      double disturbed = exchanges++ % 4 == 0 ? 0.2 : 0;
      return CompletableFuture.completedFuture(0.01 + disturbed + downBytes / down + upBytes / up);
    }
  }

  @Test
  void measure_ofNodes_givesEveryComponentAndTheSpeedOverAllOfThem() {
    Node node = new Node(0.002);

    SystemView view =
        new Profiler(List.of(node, node), List.of(new Link(1e6, 1e6)))
            .measure(CHAIN, List.of(), 3, ProfilingProgress.SILENT);

    long flops = CHAIN.stream().mapToLong(Component::flops).sum() * 3;
    assertThat(view.batch()).isEqualTo(3);
    assertThat(view.nodes().get(1).componentSeconds())
        .hasSize(CHAIN.size())
        .containsEntry("block-3", 0.002);
    assertThat(view.nodes().get(1).flopsPerSecond())
        .isCloseTo(flops / (0.002 * CHAIN.size()), within(1.0));
  }

  @Test
  void measure_ofPairsAndTheChainAsOneProgram_givesWhatEachJointSavesAndHowItRan() {
    List<List<Component>> rows = new ArrayList<>();
    for (int i = 1; i < CHAIN.size(); i++) {
      rows.add(CHAIN.subList(i - 1, i + 1));
    }
    rows.add(CHAIN);

    SystemView view =
        new Profiler(List.of(new Node(0.002), new Node(0.002)), List.of(new Link(1e6, 1e6)))
            .measure(CHAIN, rows, 1, ProfilingProgress.SILENT);

    Inference inference = view.nodes().get(1).inference();
    assertThat(inference.joints().keySet())
        .containsExactlyInAnyOrderElementsOf(
            CHAIN.stream().skip(1).map(c -> c.input().bytes()).distinct().toList());
    assertThat(inference.joints().values())
        .allSatisfy(saved -> assertThat(saved).isCloseTo(0.0002, within(1e-12)));
    assertThat(inference.slowdown())
        .satisfiesExactly(
            one -> assertThat(one).isCloseTo(2.5, within(1e-9)),
            two -> assertThat(two).isCloseTo(2, within(1e-9)),
            three -> assertThat(three).isCloseTo(1.5, within(1e-9)));
    assertThat(inference.ways())
        .hasSize(CHAIN.size() + rows.size())
        .containsEntry("root", new Inference.Way("abacus", 3))
        .containsKey(Inference.program(CHAIN.stream().map(Component::name).toList()));
  }

  @Test
  void goOn_ofQuickAndOfSlowRuns_untilTheTimeIsOverButTwice() {
    Rounds rounds = new Rounds(15, 2);

    assertThat(IntStream.iterate(0, done -> rounds.goOn(done, 1e-4 * done), done -> done + 1))
        .hasSize(15);
    assertThat(IntStream.iterate(0, done -> rounds.goOn(done, 0.5 * done), done -> done + 1))
        .hasSize(4);
    assertThat(IntStream.iterate(0, done -> rounds.goOn(done, 10 * done), done -> done + 1))
        .hasSize(2);
  }

  @Test
  void measure_ofADisturbedLink_findsItsOwnRates() {
    SystemView view =
        new Profiler(List.of(new Node(1), new Node(1)), List.of(new Link(130e3, 5e6)))
            .measure(CHAIN, List.of(), 1, ProfilingProgress.SILENT);

    assertThat(view.links().get(0).rttSeconds()).isCloseTo(0.01, within(1e-9));
    assertThat(view.links().get(0).downBytesPerSecond()).isCloseTo(130e3, within(1.0));
    assertThat(view.links().get(0).upBytesPerSecond()).isCloseTo(5e6, within(1.0));
  }

  @Test
  void measure_ofASlowLink_sendsNoMoreThanItCarriesInAQuarterOfASecond() {
    Link cat1 = new Link(130e3, 130e3);

    new Profiler(List.of(new Node(1), new Node(1)), List.of(cat1))
        .measure(CHAIN, List.of(), 1, ProfilingProgress.SILENT);

    assertThat(cat1.largest).isLessThanOrEqualTo(32_500);
  }

  @Test
  void measure_tellsItsProgressFromNothingToAll() {
    List<String> steps = new ArrayList<>();

    new Profiler(List.of(new Node(1), new Node(1)), List.of(new Link(1e6, 1e6)))
        .measure(
            CHAIN, List.of(), 1, (done, total, next) -> steps.add(done + "/" + total + " " + next));

    assertThat(steps)
        .containsExactly("0/3 compute of node", "1/3 compute of node", "2/3 link to link", "3/3 ");
  }

  @Test
  void measure_whenANodeIsGone_failsWithItsReason() {
    ProfiledLink gone =
        new ProfiledLink() {
          @Override
          public String name() {
            return "gone";
          }

          @Override
          public CompletableFuture<Double> exchangeSeconds(int downBytes, int upBytes) {
            return CompletableFuture.failedFuture(new RunFailure("edge-1 is gone"));
          }
        };
    Profiler profiler = new Profiler(List.of(new Node(1), new Node(1)), List.of(gone));

    assertThatThrownBy(() -> profiler.measure(CHAIN, List.of(), 1, ProfilingProgress.SILENT))
        .isInstanceOf(RunFailure.class)
        .hasMessage("edge-1 is gone");
  }
}
