package io.offloadlab.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.offloadlab.bench.metric.Entry;
import io.offloadlab.bench.metric.TextTable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class PublishedFiguresTest {
  private static final Entry LEGODNN = Entry.of("legodnn");
  private static final Entry DDPG = Entry.of("ddpg");
  private static final Entry PUBLISHED_DDPG =
      new Entry("pub", "ddpg", Map.of("ddpg.preset", "published"));

  private static Map<String, Object> line(String name, double ms) {
    Map<String, Object> line = new HashMap<>();
    line.put("strategy", name);
    line.put("acc_threshold", .7);
    line.put("accuracy", .71);
    line.put("latency_mean_ms", ms);
    line.put("latency_mean_low_ms", ms - 1);
    line.put("latency_mean_high_ms", ms + 1);
    line.put("mflops", 10 * ms);
    line.put("size_mib", ms);
    line.put("yardstick", "legodnn");
    line.put("ratio_low", 1.25);
    line.put("ratio_high", 2.0);
    return line;
  }

  private static Optional<TextTable> table(String dataset, int batch, Entry... entries) {
    return PublishedFigures.of(
        "resnet18",
        dataset,
        batch,
        List.of(entries),
        List.of(line("legodnn", 4), line("ddpg", 8), line("pub", 16)));
  }

  @Test
  @DisplayName("the published ratio of latencies is 0.73 at batch 1 and 0.83 at batch 128")
  void of_publishedSettings_ratiosOfTheirFigures() {
    assertThat(table("cifar100", 1, LEGODNN, DDPG).orElseThrow().rows().get(2))
        .containsExactly("published", "legodnn / ddpg", "", "", "0.73x", "-", "0.83x", "0.77x");
    assertThat(table("cifar100", 128, LEGODNN, DDPG).orElseThrow().rows().get(2).get(4))
        .isEqualTo("0.83x");
  }

  @Test
  @DisplayName("the interval of our ratio is that of the yardstick's ratio, turned over")
  void of_ownRun_ratioWithItsInterval() {
    assertThat(table("cifar100", 1, LEGODNN, DDPG).orElseThrow().rows().subList(3, 6))
        .containsExactly(
            List.of(
                "this run", "legodnn", "70.00%", "71.00%", "4.00", "3.00 to 5.00", "40.00", "4.00"),
            List.of(
                "this run", "ddpg", "70.00%", "71.00%", "8.00", "7.00 to 9.00", "80.00", "8.00"),
            List.of(
                "this run", "legodnn / ddpg", "", "", "0.50x", "0.50 to 0.80", "0.50x", "0.50x"));
  }

  @Test
  void of_entryWithThePublishedPreset_isTakenFirst() {
    assertThat(table("cifar100", 1, LEGODNN, DDPG, PUBLISHED_DDPG).orElseThrow().rows().get(4))
        .startsWith("this run", "pub");
  }

  @Test
  void of_otherSetting_none() {
    assertThat(table("cifar10", 1, LEGODNN, DDPG)).isEmpty();
    assertThat(table("cifar100", 8, LEGODNN, DDPG)).isEmpty();
    assertThat(table("cifar100", 1, LEGODNN)).isEmpty();
  }
}
