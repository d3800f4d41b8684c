package io.offloadlab.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.offloadlab.strategy.LinkChanges;
import io.offloadlab.strategy.LinkChanges.Change;
import io.offloadlab.strategy.LinkSpec;
import io.offloadlab.strategy.NodeId;
import io.offloadlab.strategy.Scenario;
import io.offloadlab.strategy.SystemView.LinkView;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LinkClockTest {
  private static final LinkSpec FIRST = new LinkSpec(1e6, 1e6, 0);
  private static final LinkSpec SLOW = new LinkSpec(1e5, 1e5, 0.01);
  private static final double AN_HOUR = 3600;

  @TempDir Path folder;

  private static Scenario scenario(Change... changes) {
    Scenario s = TestSystem.scenario(2, FIRST);
    return new Scenario(
        s.name(),
        s.tasksAtCloud(),
        s.nodes(),
        s.links(),
        s.arrivals(),
        s.batch(),
        s.accuracyThreshold(),
        s.seed(),
        List.of(new LinkChanges(List.of(changes)), LinkChanges.NONE),
        s.power());
  }

  private record Changed(NodeId edge, LinkSpec link) {}

  @Test
  @DisplayName("where a stream goes on, links are at once what they are at that time of it")
  void goOn_atATime_setsTheLinksOfThatTime() {
    List<Changed> told = new ArrayList<>();
    try (LinkClock clock =
        new LinkClock(
            scenario(new Change(AN_HOUR, SLOW), new Change(3 * AN_HOUR, FIRST)),
            (edge, link) -> told.add(new Changed(edge, link)))) {
      clock.goOn(0);
      assertThat(told).isEmpty();

      clock.goOn(2 * AN_HOUR);
      clock.goOn(2.5 * AN_HOUR);
      clock.goOn(0);

      assertThat(told)
          .containsExactly(new Changed(NodeId.edge(1), SLOW), new Changed(NodeId.edge(1), FIRST));
    }
  }

  @Test
  void goOn_beforeAChange_changesWhenItsTimeComes() throws InterruptedException {
    BlockingQueue<Changed> told = new LinkedBlockingQueue<>();
    try (LinkClock clock =
        new LinkClock(
            scenario(new Change(AN_HOUR, SLOW)),
            (edge, link) -> told.add(new Changed(edge, link)))) {
      clock.goOn(AN_HOUR - 0.001);

      assertThat(told.poll(60, TimeUnit.SECONDS)).isEqualTo(new Changed(NodeId.edge(1), SLOW));
    }
  }

  @Test
  @DisplayName("live nodes: the view follows, both ends emulate the new link, and tasks still run")
  void linksGoOn_onLiveNodes_changesTheLink() {
    try (TestSystem system =
        TestSystem.start(
            scenario(new Change(AN_HOUR, SLOW)), folder.resolve("model"), folder.resolve("c"))) {
      CloudNode cloud = system.cloud();
      LinkView before = cloud.view().link(NodeId.edge(1));

      cloud.linksGoOn(2 * AN_HOUR);
      cloud.linksStop();

      LinkView after = cloud.view().link(NodeId.edge(1));
      assertThat(before.upBytesPerSecond()).isCloseTo(1e6, within(1e-6));
      assertThat(after.upBytesPerSecond()).isCloseTo(1e5, within(1e-6));
      assertThat(cloud.view().link(NodeId.edge(2)).upBytesPerSecond()).isCloseTo(1e6, within(1e-6));
      // 20,000 bytes each way take 0.2 s at either end, and had taken 0.02.
      RemoteEdge edge = cloud.remoteEdges().get(0);
      double seconds = Pings.exchange(edge, 20_000, 20_000).join();
      assertThat(seconds).isGreaterThan(0.4);
      assertThat(Collections.frequency(cloud.view().links(), after)).isEqualTo(1);
    }
  }
}
