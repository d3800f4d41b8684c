package io.offloadlab.twin.study;

import io.offloadlab.strategy.StrategyContext;
import io.offloadlab.twin.DigitalTwinStrategy;
import io.offloadlab.twin.learning.TwinCheckpoint;
import io.offloadlab.twin.policy.BoundaryStrategy;
import io.offloadlab.twin.policy.OneShot;
import io.offloadlab.twin.policy.UtilityMeter;
import io.offloadlab.twin.settings.TwinSettings;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.stream.IntStream;

/**
 * The experiments behind {@code docs/dt-assisted.md}: long-run utility against the arrival rate for
 * every policy, and what each part of the strategy contributes.
 *
 * <pre>java … io.offloadlab.twin.study.Study DIR [TASKS [SEEDS]]</pre>
 */
public final class Study {
  private static final List<Integer> RATES = List.of(10, 20, 30, 40, 50, 60);
  private static final int ABLATION_RATE = 50;
  private static final int TASKS = 3000;
  private static final int SEEDS = 10;
  private static final int WARM_UP = 3;

  private final int tasks;
  private final int seeds;
  private final PrintStream out;

  private Study(int tasks, int seeds, PrintStream out) {
    this.tasks = tasks;
    this.seeds = seeds;
    this.out = out;
  }

  /**
   * Runs everything.
   *
   * @param args folder for the files, tasks per run, number of seeds
   * @throws IOException if a file cannot be written
   */
  public static void main(String[] args) throws IOException {
    Path folder = Path.of(args.length > 0 ? args[0] : "docs/dt-assisted");
    int tasks = args.length > 1 ? Integer.parseInt(args[1]) : TASKS;
    int seeds = args.length > 2 ? Integer.parseInt(args[2]) : SEEDS;
    Files.createDirectories(folder);
    Study study = new Study(tasks, seeds, System.out);
    study.rates(folder);
    study.ablations(folder);
    new LearningCurves(seeds, System.out).write(folder);
  }

  private static Map<String, BiFunction<StudyWorld, StrategyContext, BoundaryStrategy>> policies() {
    TwinSettings s = TwinSettings.with("default", Map.of("objective", "utility"));
    TwinSettings p = TwinSettings.preset("published");
    Map<String, BiFunction<StudyWorld, StrategyContext, BoundaryStrategy>> all =
        new LinkedHashMap<>();
    all.put("device-only", (w, c) -> Policies.Fixed.deviceOnly(c, s));
    all.put("cloud-only", (w, c) -> Policies.Fixed.cloudOnly(c, s));
    all.put("one-shot", (w, c) -> new OneShot(c, s));
    all.put("greedy", (w, c) -> new Policies.Greedy(c, s));
    all.put("dt-published", (w, c) -> new DigitalTwinStrategy(c, p, TwinCheckpoint.NONE));
    all.put("dt", (w, c) -> new DigitalTwinStrategy(c, s, TwinCheckpoint.NONE));
    all.put("planner", (w, c) -> new RatePlanner(c, s, w.rate(), StudyWorld.OTHERS));
    all.put("ideal", (w, c) -> new IdealPolicy(c, s, w.arrivals(), StudyWorld.OTHERS));
    return all;
  }

  private void rates(Path folder) throws IOException {
    List<String> runs = new ArrayList<>();
    runs.add("rate,policy,seed,utility,delay_ms,accuracy,joules");
    List<String> summary = new ArrayList<>();
    summary.add(
        "rate,policy,utility_mean,utility_ci95,minus_one_shot_mean,minus_one_shot_ci95,gap_closed");
    Map<String, List<Spread>> curves = new LinkedHashMap<>();
    for (int rate : RATES) {
      Map<String, List<Double>> utilities = new LinkedHashMap<>();
      // Seeds share nothing, so their order does not matter; results are gathered in order.
      List<Map<String, UtilityMeter>> bySeed =
          IntStream.rangeClosed(1, seeds).parallel().mapToObj(seed -> all(rate, seed)).toList();
      for (int seed = 1; seed <= seeds; seed++) {
        for (var entry : bySeed.get(seed - 1).entrySet()) {
          UtilityMeter m = entry.getValue();
          utilities.computeIfAbsent(entry.getKey(), k -> new ArrayList<>()).add(m.meanUtility());
          runs.add(
              line(
                  "%d,%s,%d,%.5f,%.3f,%.4f,%.4f",
                  rate,
                  entry.getKey(),
                  seed,
                  m.meanUtility(),
                  m.meanDelaySeconds() * 1e3,
                  m.meanAccuracy(),
                  m.meanJoules()));
        }
      }
      List<Double> oneShot = utilities.get("one-shot");
      double gap = Spread.of(utilities.get("ideal")).mean() - Spread.of(oneShot).mean();
      utilities.forEach(
          (policy, values) -> {
            Spread spread = Spread.of(values);
            Spread better = Spread.ofDifferences(values, oneShot);
            curves.computeIfAbsent(policy, k -> new ArrayList<>()).add(spread);
            String row =
                line(
                    "%d,%s,%.5f,%.5f,%.5f,%.5f,%.3f",
                    rate,
                    policy,
                    spread.mean(),
                    spread.confidence(),
                    better.mean(),
                    better.confidence(),
                    better.mean() / gap);
            summary.add(row);
            out.println(row);
          });
    }
    Files.write(folder.resolve("utility-runs.csv"), runs, StandardCharsets.UTF_8);
    Files.write(folder.resolve("utility.csv"), summary, StandardCharsets.UTF_8);
    new StudyChart(
            "Long-run utility of policies, mean and 95% confidence interval", "tasks per second")
        .write(folder.resolve("utility.svg"), RATES, curves);
  }

  private Map<String, UtilityMeter> all(int rate, int seed) {
    StudyWorld world = new StudyWorld(rate, seed, tasks);
    Map<String, UtilityMeter> meters = new LinkedHashMap<>();
    policies()
        .forEach(
            (name, policy) ->
                meters.put(
                    name, world.run(policy.apply(world, world.context(0)), tasks / WARM_UP)));
    return meters;
  }

  private void ablations(Path folder) throws IOException {
    Map<String, TwinSettings> variants = new LinkedHashMap<>();
    variants.put("default", TwinSettings.with("default", Map.of("objective", "utility")));
    variants.put("no workload twin", with("augment", "false", "exploration", "0.1"));
    variants.put("no status twin", with("status-twin", "false"));
    variants.put("no pruning", with("prune", "false"));
    variants.put("no learning", with("train-every", "1000000"));
    variants.put("no hindsight", with("hindsight", "false"));
    variants.put("no congestion price", with("congestion", "false"));
    variants.put("published", TwinSettings.preset("published"));
    List<String> rows = new ArrayList<>();
    rows.add(
        "variant,utility_mean,utility_ci95,minus_default_mean,minus_default_ci95,gradient_samples_first_250_tasks,utility_first_250_tasks,status_messages,stops_reckoned,boundaries_decided");
    List<Double> byDefault = null;
    for (var variant : variants.entrySet()) {
      List<Double> utilities = new ArrayList<>();
      double early = 0;
      long samples = 0;
      long messages = 0;
      long stops = 0;
      long boundaries = 0;
      for (int seed = 1; seed <= seeds; seed++) {
        StudyWorld start = new StudyWorld(ABLATION_RATE, seed, 250);
        DigitalTwinStrategy first =
            new DigitalTwinStrategy(start.context(0), variant.getValue(), TwinCheckpoint.NONE);
        early += start.run(first, 0).meanUtility() / seeds;
        samples += first.samples();
        StudyWorld world = new StudyWorld(ABLATION_RATE, seed, tasks);
        DigitalTwinStrategy strategy =
            new DigitalTwinStrategy(world.context(0), variant.getValue(), TwinCheckpoint.NONE);
        utilities.add(world.run(strategy, tasks / WARM_UP).meanUtility());
        messages += variant.getValue().statusTwin() ? strategy.announcements() : strategy.polls();
        stops += strategy.evaluated();
        boundaries += strategy.boundaries();
      }
      byDefault = byDefault == null ? utilities : byDefault;
      Spread spread = Spread.of(utilities);
      Spread better = Spread.ofDifferences(utilities, byDefault);
      rows.add(
          line(
              "%s,%.5f,%.5f,%.5f,%.5f,%d,%.5f,%d,%d,%d",
              variant.getKey(),
              spread.mean(),
              spread.confidence(),
              better.mean(),
              better.confidence(),
              samples / seeds,
              early,
              messages / seeds,
              stops / seeds,
              boundaries / seeds));
      out.println(rows.get(rows.size() - 1));
    }
    Files.write(folder.resolve("ablation.csv"), rows, StandardCharsets.UTF_8);
  }

  private static TwinSettings with(String... values) {
    Map<String, String> options = new LinkedHashMap<>();
    options.put("objective", "utility");
    for (int i = 0; i < values.length; i += 2) {
      options.put(values[i], values[i + 1]);
    }
    return TwinSettings.with("default", options);
  }

  private static String line(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
