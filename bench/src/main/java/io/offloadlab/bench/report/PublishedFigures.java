package io.offloadlab.bench.report;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.offloadlab.bench.metric.Entry;
import io.offloadlab.bench.metric.TextTable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The figures of LINC-BIT's TaskOffloadingAtEdge beside those of a run of ours. They are the means
 * of the traces that its authors published (ResNet-18, CIFAR-100, one server and two clients); what
 * machines they were taken on is not known, so what compares is the ratio of its two strategies.
 */
public final class PublishedFigures {
  /** Of every batch two, one strategy's and then the other's. */
  private static final List<Experiment> EXPERIMENTS = read();

  private static final int PAIR = 2;

  private PublishedFigures() {}

  /**
   * One of the published experiments.
   *
   * @param strategy as it is called here
   * @param latencyMeanMs of a task
   * @param sizeMib of the network that ran
   * @param mflops of an image
   */
  @JsonNaming(SnakeCaseStrategy.class)
  record Experiment(
      String strategy,
      int batch,
      double accThreshold,
      int tasks,
      double accuracy,
      double latencyMeanMs,
      @JsonProperty("size_mib") double sizeMib,
      double mflops) {}

  private static List<Experiment> read() {
    try (InputStream in = PublishedFigures.class.getResourceAsStream("published.json")) {
      return List.of(JsonMapper.builder().build().readValue(in, Experiment[].class));
    } catch (IOException e) {
      throw new UncheckedIOException("published.json of the distribution cannot be read", e);
    }
  }

  /**
   * The table of both, where a run has both strategies in a published setting. An entry with the
   * preset {@code published} is taken before others.
   *
   * @param dataset of the run
   * @param batch images per task
   * @param filed the lines of {@code summary.csv} by column
   */
  public static Optional<TextTable> of(
      String model,
      String dataset,
      int batch,
      List<Entry> entries,
      List<Map<String, Object>> filed) {
    List<Experiment> theirs = EXPERIMENTS.stream().filter(e -> e.batch() == batch).toList();
    List<Figures> ours =
        theirs.stream().flatMap(e -> ours(e.strategy(), entries, filed).stream()).toList();
    if (!model.equals("resnet18") || !dataset.equals("cifar100") || ours.size() < PAIR) {
      return Optional.empty();
    }
    List<List<String>> rows = new ArrayList<>();
    rows.addAll(rows("published", theirs(theirs.get(0)), theirs(theirs.get(1))));
    rows.addAll(rows("this run", ours.get(0), ours.get(1)));
    return Optional.of(
        new TextTable(
            List.of(
                new TextTable.Head("figures", "whose", true),
                new TextTable.Head("strategy", "name of the entry", true),
                new TextTable.Head("threshold", "accuracy asked for", false),
                new TextTable.Head("accuracy", "over all images", false),
                new TextTable.Head("mean ms", "mean latency", false),
                new TextTable.Head("95%", "interval of it", true),
                new TextTable.Head("MFLOPs", "work per image", false),
                new TextTable.Head("size MiB", "network that ran", false)),
            rows));
  }

  /** The same of an earlier run; of one whose files do not name its entries there is none. */
  static Optional<TextTable> of(RunFiles run) {
    JsonMapper json = JsonMapper.builder().build();
    JsonNode d = run.run();
    List<Map<String, Object>> filed = new ArrayList<>();
    for (JsonNode outcome : d.path("strategies")) {
      filed.add(json.convertValue(outcome.path("summary"), new TypeReference<>() {}));
    }
    List<Entry> entries = new ArrayList<>();
    for (JsonNode entry : d.path("entries")) {
      entries.add(json.convertValue(entry, Entry.class));
    }
    return of(
        d.path("model").asText(),
        d.path("dataset").asText(),
        d.at("/scenario/batch").asInt(),
        entries,
        filed);
  }

  /**
   * Of one entry.
   *
   * @param low lower end of the latency's interval; NaN if unknown
   * @param ratioLow the same of the ratio to the other strategy of the pair; NaN if unknown
   */
  private record Figures(
      String name,
      double threshold,
      double accuracy,
      double latencyMs,
      double low,
      double high,
      double mflops,
      double sizeMib,
      String yardstick,
      double ratioLow,
      double ratioHigh) {
    List<String> row(String whose) {
      return List.of(
          whose,
          name,
          percent(threshold),
          percent(accuracy),
          decimal(latencyMs),
          interval(low, high),
          decimal(mflops),
          decimal(sizeMib));
    }
  }

  private static List<List<String>> rows(String whose, Figures first, Figures second) {
    boolean paired = second.yardstick().equals(first.name());
    List<String> ratio =
        List.of(
            whose,
            "%s / %s".formatted(first.name(), second.name()),
            "",
            "",
            times(first.latencyMs() / second.latencyMs()),
            paired ? interval(1 / second.ratioHigh(), 1 / second.ratioLow()) : "-",
            times(first.mflops() / second.mflops()),
            times(first.sizeMib() / second.sizeMib()));
    return List.of(first.row(whose), second.row(whose), ratio);
  }

  private static Figures theirs(Experiment e) {
    return new Figures(
        e.strategy(),
        e.accThreshold(),
        e.accuracy(),
        e.latencyMeanMs(),
        Double.NaN,
        Double.NaN,
        e.mflops(),
        e.sizeMib(),
        "",
        Double.NaN,
        Double.NaN);
  }

  private static Optional<Figures> ours(
      String strategy, List<Entry> entries, List<Map<String, Object>> filed) {
    String preset = strategy + ".preset";
    List<Entry> all = entries.stream().filter(e -> e.strategy().equals(strategy)).toList();
    return all.stream()
        .filter(e -> "published".equals(e.settings().get(preset)))
        .findFirst()
        .or(() -> all.stream().findFirst())
        .flatMap(
            e -> filed.stream().filter(line -> e.name().equals(line.get("strategy"))).findFirst())
        .map(
            line ->
                new Figures(
                    String.valueOf(line.get("strategy")),
                    number(line, "acc_threshold"),
                    number(line, "accuracy"),
                    number(line, "latency_mean_ms"),
                    number(line, "latency_mean_low_ms"),
                    number(line, "latency_mean_high_ms"),
                    number(line, "mflops"),
                    number(line, "size_mib"),
                    String.valueOf(line.get("yardstick")),
                    number(line, "ratio_low"),
                    number(line, "ratio_high")));
  }

  private static double number(Map<String, Object> line, String key) {
    return line.get(key) instanceof Number n ? n.doubleValue() : Double.NaN;
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.2f%%", 100 * share);
  }

  private static String decimal(double value) {
    return String.format(Locale.ROOT, "%.2f", value);
  }

  private static String times(double value) {
    return String.format(Locale.ROOT, "%.2fx", value);
  }

  private static String interval(double low, double high) {
    return low <= high ? String.format(Locale.ROOT, "%.2f to %.2f", low, high) : "-";
  }
}
