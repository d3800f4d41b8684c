package io.offloadlab.bench.figure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.offloadlab.bench.figure.Figure.Bars;
import io.offloadlab.bench.figure.Figure.Line;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What figures show, beside a computation that goes task by task. */
class FiguresTest {
  private static final int TASKS = 1003;

  private static Trace trace(String name, double offset, double accuracy, boolean labelled) {
    Random random = new Random(name.hashCode());
    double[] latency =
        IntStream.range(0, TASKS).mapToDouble(i -> offset + random.nextInt(50)).toArray();
    double[] images = new double[TASKS];
    Arrays.fill(images, 4);
    double[] correct =
        IntStream.range(0, TASKS).mapToDouble(i -> labelled ? random.nextInt(5) : -1).toArray();
    return new Trace(
        name,
        IntStream.range(0, TASKS).asDoubleStream().toArray(),
        latency,
        images,
        correct,
        Map.of("edge ms", offset),
        Map.of("head: 10 cloud", 1000, "exit-3: 2 edge", 3),
        accuracy,
        42);
  }

  private static Figure figure(String id, Trace... traces) {
    return Figures.of(List.of(traces)).stream()
        .filter(f -> f.id().equals(id))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void latency_atEachPoint_isTheMeanOfAllTasksUntilThen() {
    Trace trace = trace("a", 10, .8, true);

    Line line = (Line) figure("latency", trace).series().get(0);

    assertThat(line.x()).hasSize(400).isSorted().endsWith(TASKS - 1.0);
    for (int i = 0; i < line.x().length; i++) {
      double mean =
          Arrays.stream(trace.latencyMs()).limit((long) line.x()[i] + 1).average().orElseThrow();
      assertThat(line.y()[i]).isCloseTo(mean, within(1e-9));
    }
  }

  @Test
  void accuracy_atTheEnd_isTheShareOfAllImages() {
    Trace trace = trace("a", 10, .8, true);

    Line line = (Line) figure("accuracy", trace).series().get(0);

    assertThat(line.y()[399])
        .isCloseTo(Arrays.stream(trace.correct()).sum() / (4 * TASKS), within(1e-12));
  }

  @Test
  void of_streamsWithoutLabels_noFigureOfTheirAccuracy() {
    assertThat(Figures.of(List.of(trace("a", 10, .8, false))))
        .extracting(Figure::id)
        .containsExactly("tradeoff", "breakdown", "latency", "distribution", "decisions");
  }

  @Test
  void distribution_atEachPoint_isTheShareOfTasksThatTookNoLonger() {
    Trace trace = trace("a", 10, .8, true);

    Line line = (Line) figure("distribution", trace).series().get(0);

    assertThat(line.y()).endsWith(1.0);
    for (int i = 0; i < line.x().length; i++) {
      double x = line.x()[i];
      long within = Arrays.stream(trace.latencyMs()).filter(ms -> ms <= x).count();
      long below = Arrays.stream(trace.latencyMs()).filter(ms -> ms < x).count();
      assertThat(line.y()[i] * TASKS).isBetween((double) below, within + 1e-9);
    }
  }

  @Test
  @DisplayName("the dashed line joins those that none beats in both, the fastest first")
  void tradeoff_oneBeatenInBoth_isNotOnTheFront() {
    Figure figure =
        figure(
            "tradeoff",
            trace("fast", 10, .7, true),
            trace("beaten", 200, .75, true),
            trace("good", 100, .8, true));

    Line front = (Line) figure.series().get(3);
    assertThat(front.y()).containsExactly(.7, .8);
  }

  @Test
  void decisions_ofAStrategy_addUpToAllTasks() {
    Figure figure = figure("decisions", trace("a", 10, .8, true), trace("b", 10, .8, true));

    double sum = figure.series().stream().mapToDouble(s -> ((Bars) s).values()[1]).sum();
    assertThat(sum).isCloseTo(1, within(1e-12));
  }

  @Test
  @DisplayName("names that end scripts do not end the page's")
  void options_ofANameWithATag_areJsonWithoutTags() throws IOException {
    String options = BrowserChart.options(figure("latency", trace("</script><b>", 10, .8, true)));

    assertThat(options).doesNotContain("<");
    JsonNode read = JsonMapper.builder().build().readTree(options);
    assertThat(read.at("/series/0/name").asText()).isEqualTo("</script><b>");
    assertThat(read.at("/series/0/data")).hasSize(400);
  }

  @Test
  void write_everyFormOfEveryFigure_beginsAsSuchAFileDoes() throws IOException {
    for (Figure figure : Figures.of(List.of(trace("a", 10, .8, true), trace("b", 5, .7, true)))) {
      assertThat(new String(written(figure, ChartFile.SVG), StandardCharsets.UTF_8))
          .contains("<svg", "</svg>");
      assertThat(written(figure, ChartFile.PNG)).startsWith(0x89, 'P', 'N', 'G');
      assertThat(new String(written(figure, ChartFile.CSV), StandardCharsets.UTF_8))
          .startsWith("series,x,y,size\n")
          .contains("a");
    }
  }

  private static byte[] written(Figure figure, ChartFile form) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    form.write(figure, out);
    return out.toByteArray();
  }
}
