package io.offloadlab.twin.study;

import io.offloadlab.twin.DigitalTwinStrategy;
import io.offloadlab.twin.learning.TwinCheckpoint;
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
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * How fast the strategy learns: what it has learned after some tasks is frozen and measured on a
 * stream of its own, with and without the workload twin's samples, for both presets.
 *
 * <p><em>Tasks to converge</em>: the first number of tasks from which on the mean utility stays
 * within a tenth of all that was learned, but at least {@value #TOLERANCE} s, of what it is in the
 * end. <em>Tasks to level</em>, for curves that end at different heights: the first number of tasks
 * from which on the mean utility is not more than {@value #TOLERANCE} s below what is learned in
 * the end without the workload twin's samples.
 */
final class LearningCurves {
  private static final List<Integer> TASKS =
      List.of(0, 50, 100, 150, 200, 250, 350, 500, 750, 1000, 1500, 2000);
  private static final List<Integer> RATES = List.of(30, 50);
  private static final int HELD_OUT = 2000;
  private static final int HELD_OUT_WARM_UP = 200;
  private static final int HELD_OUT_SEED = 1_000_000;
  private static final double SHARE = 0.1;
  private static final double TOLERANCE = 0.0005;

  private final int seeds;
  private final PrintStream out;
  private final List<String> points = new ArrayList<>();
  private final List<String> converged = new ArrayList<>();

  LearningCurves(int seeds, PrintStream out) {
    this.seeds = seeds;
    this.out = out;
    points.add("rate,preset,augmented,tasks,utility_mean,utility_ci95");
    converged.add(
        "rate,preset,augmented,tasks_to_converge,tasks_to_level,utility_untrained,utility_trained,gain_mean,gain_ci95");
  }

  /** Writes {@code learning.csv}, {@code convergence.csv} and a picture. */
  void write(Path folder) throws IOException {
    for (int rate : RATES) {
      Map<String, List<Spread>> curves = new LinkedHashMap<>();
      for (String preset : TwinSettings.PRESETS) {
        Curve alone = curve(rate, preset, false);
        Curve augmented = curve(rate, preset, true);
        curves.put(preset, augmented.spreads);
        curves.put(preset + ", no augmentation", alone.spreads);
        double level = alone.last();
        report(rate, preset, true, augmented, level);
        report(rate, preset, false, alone, level);
      }
      new StudyChart(
              String.format(
                  Locale.ROOT, "Utility of what was learned, frozen, at %d tasks/s", rate),
              "tasks learned from")
          .write(
              folder.resolve(String.format(Locale.ROOT, "learning-%d.svg", rate)), TASKS, curves);
    }
    Files.write(folder.resolve("learning.csv"), points, StandardCharsets.UTF_8);
    Files.write(folder.resolve("convergence.csv"), converged, StandardCharsets.UTF_8);
  }

  /**
   * A curve and how much was learned in all.
   *
   * @param spreads by {@link #TASKS}
   * @param gain of the last point over the first, on the same seeds
   */
  private record Curve(List<Spread> spreads, Spread gain) {
    List<Double> means() {
      return spreads.stream().map(Spread::mean).toList();
    }

    double last() {
      return spreads.get(spreads.size() - 1).mean();
    }
  }

  private Curve curve(int rate, String preset, boolean augmented) {
    // Without the twin, a decision that is never taken would never be learned about.
    TwinSettings settings =
        TwinSettings.with(
            preset,
            augmented
                ? Map.of("objective", "utility")
                : Map.of("objective", "utility", "augment", "false", "exploration", "0.1"));
    List<List<Double>> bySeed =
        IntStream.rangeClosed(1, seeds).mapToObj(s -> utilities(rate, s, settings)).toList();
    List<Spread> spreads =
        IntStream.range(0, TASKS.size()).mapToObj(i -> Spread.of(column(bySeed, i))).toList();
    Spread gain = Spread.ofDifferences(column(bySeed, TASKS.size() - 1), column(bySeed, 0));
    return new Curve(spreads, gain);
  }

  private static List<Double> column(List<List<Double>> bySeed, int i) {
    return bySeed.stream().map(u -> u.get(i)).toList();
  }

  private void report(int rate, String preset, boolean augmented, Curve curve, double level) {
    for (int i = 0; i < TASKS.size(); i++) {
      Spread spread = curve.spreads.get(i);
      points.add(
          line(
              "%d,%s,%s,%d,%.5f,%.5f",
              rate, preset, augmented, TASKS.get(i), spread.mean(), spread.confidence()));
    }
    String row =
        line(
            "%d,%s,%s,%d,%s,%.5f,%.5f,%.5f,%.5f",
            rate,
            preset,
            augmented,
            tasksToConverge(curve.means()),
            tasksToLevel(curve.means(), level).map(String::valueOf).orElse("never"),
            curve.spreads.get(0).mean(),
            curve.last(),
            curve.gain.mean(),
            curve.gain.confidence());
    converged.add(row);
    out.println(row);
  }

  /**
   * See the class.
   *
   * @param utilities by {@link #TASKS}
   */
  static int tasksToConverge(List<Double> utilities) {
    double end = utilities.get(utilities.size() - 1);
    double near = Math.max(TOLERANCE, SHARE * Math.abs(end - utilities.get(0)));
    int first = utilities.size() - 1;
    while (first > 0 && Math.abs(utilities.get(first - 1) - end) <= near) {
      first--;
    }
    return TASKS.get(first);
  }

  /**
   * See the class.
   *
   * @return empty if the last point is below the level
   */
  static Optional<Integer> tasksToLevel(List<Double> utilities, double level) {
    int first = utilities.size();
    while (first > 0 && utilities.get(first - 1) >= level - TOLERANCE) {
      first--;
    }
    return first == utilities.size() ? Optional.empty() : Optional.of(TASKS.get(first));
  }

  private List<Double> utilities(int rate, int seed, TwinSettings settings) {
    StudyWorld world = new StudyWorld(rate, seed, TASKS.get(TASKS.size() - 1));
    DigitalTwinStrategy learner =
        new DigitalTwinStrategy(world.context(0), settings, TwinCheckpoint.NONE);
    List<TwinCheckpoint.Content> learned = new ArrayList<>();
    learned.add(null);
    world.run(
        learner,
        record -> {
          if (TASKS.contains((int) learner.total())) {
            learned.add(learner.learned());
          }
        });
    return learned.stream().map(l -> frozen(rate, seed, settings, l)).toList();
  }

  private static double frozen(
      int rate, int seed, TwinSettings settings, TwinCheckpoint.Content learned) {
    StudyWorld world = new StudyWorld(rate, HELD_OUT_SEED + seed, HELD_OUT);
    return world
        .run(
            new DigitalTwinStrategy(
                world.context(0), settings.frozen(), TwinCheckpoint.NONE, learned),
            HELD_OUT_WARM_UP)
        .meanUtility();
  }

  private static String line(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
