package io.offloadlab.twin;

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
import java.util.stream.IntStream;

/**
 * How fast the strategy learns: what it has learned after some tasks is frozen and measured on a
 * stream of its own, with and without the workload twin's samples, for both presets.
 *
 * <p><em>Tasks to converge</em>: the first number of tasks from which on the mean utility stays
 * within a tenth of all that was learned, but at least {@value #TOLERANCE} s, of what it is in the
 * end.
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
        "rate,preset,augmented,tasks_to_converge,utility_untrained,utility_trained,gain_mean,gain_ci95");
  }

  /** Writes {@code learning.csv}, {@code convergence.csv} and a picture. */
  void write(Path folder) throws IOException {
    for (int rate : RATES) {
      Map<String, List<Spread>> curves = new LinkedHashMap<>();
      for (String preset : TwinSettings.PRESETS) {
        for (boolean augmented : new boolean[] {true, false}) {
          String name = preset + (augmented ? "" : ", no augmentation");
          curves.put(name, curve(rate, preset, augmented));
        }
      }
      new StudyChart(
              "Utility of what was learned, frozen, at %d tasks/s".formatted(rate),
              "tasks learned from")
          .write(folder.resolve("learning-%d.svg".formatted(rate)), TASKS, curves);
    }
    Files.write(folder.resolve("learning.csv"), points, StandardCharsets.UTF_8);
    Files.write(folder.resolve("convergence.csv"), converged, StandardCharsets.UTF_8);
  }

  private List<Spread> curve(int rate, String preset, boolean augmented) {
    // Without the twin, a decision that is never taken would never be learned about.
    TwinSettings settings =
        TwinSettings.with(
            preset, augmented ? Map.of() : Map.of("augment", "false", "exploration", "0.1"));
    List<List<Double>> bySeed =
        IntStream.rangeClosed(1, seeds).mapToObj(s -> utilities(rate, s, settings)).toList();
    List<Spread> curve = new ArrayList<>();
    for (int i = 0; i < TASKS.size(); i++) {
      int at = i;
      Spread spread = Spread.of(bySeed.stream().map(u -> u.get(at)).toList());
      curve.add(spread);
      points.add(
          line(
              "%d,%s,%s,%d,%.5f,%.5f",
              rate, preset, augmented, TASKS.get(i), spread.mean(), spread.confidence()));
    }
    int last = TASKS.size() - 1;
    Spread gain =
        Spread.ofDifferences(
            bySeed.stream().map(u -> u.get(last)).toList(),
            bySeed.stream().map(u -> u.get(0)).toList());
    String row =
        line(
            "%d,%s,%s,%d,%.5f,%.5f,%.5f,%.5f",
            rate,
            preset,
            augmented,
            tasksToConverge(curve.stream().map(Spread::mean).toList()),
            curve.get(0).mean(),
            curve.get(last).mean(),
            gain.mean(),
            gain.confidence());
    converged.add(row);
    out.println(row);
    return curve;
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

  private List<Double> utilities(int rate, int seed, TwinSettings settings) {
    StudyWorld world = new StudyWorld(rate, seed, TASKS.get(TASKS.size() - 1));
    DigitalTwinStrategy learner =
        new DigitalTwinStrategy(world.context(0), settings, Checkpoint.NONE);
    List<Checkpoint.Content> learned = new ArrayList<>();
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
      int rate, int seed, TwinSettings settings, Checkpoint.Content learned) {
    StudyWorld world = new StudyWorld(rate, HELD_OUT_SEED + seed, HELD_OUT);
    return world
        .run(
            new DigitalTwinStrategy(world.context(0), settings.frozen(), Checkpoint.NONE, learned),
            HELD_OUT_WARM_UP)
        .meanUtility();
  }

  private static String line(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
