package io.offloadlab.bench;

import io.offloadlab.bench.metric.AccuracySource;
import io.offloadlab.bench.metric.Entry;
import io.offloadlab.bench.metric.ImageUse;
import io.offloadlab.bench.metric.StreamSummary;
import io.offloadlab.bench.metric.ValidationRow;
import io.offloadlab.bench.report.AccuracyNote;
import io.offloadlab.bench.report.PlaceNote;
import io.offloadlab.bench.report.RunDescription;
import io.offloadlab.bench.report.RunFolder;
import io.offloadlab.bench.report.StrategyResult;
import io.offloadlab.bench.report.TableReport;
import io.offloadlab.failure.RunFailure;
import io.offloadlab.failure.UsageError;
import io.offloadlab.graph.Component;
import io.offloadlab.models.ImageHalf;
import io.offloadlab.models.ModelDirectory;
import io.offloadlab.models.ProfileDocument;
import io.offloadlab.sim.RecordedArrivals;
import io.offloadlab.strategy.Scenario;
import io.offloadlab.strategy.SystemView;
import io.offloadlab.stream.ImagePool;
import java.io.PrintWriter;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;

/** What live and simulated runs have in common around their results. */
final class RunFrame {
  private static final int IMAGES_BY_DEFAULT = 1000;
  private static final int LEAST_TASKS_BY_DEFAULT = 20;
  private static final int TASKS_OF_LATENCY_ALONE = 100;

  private final ZonedDateTime started = ZonedDateTime.now(ZoneId.systemDefault());
  private final Map<String, String> machine = MachineFacts.describe();
  private final CommandSpec spec;
  private final RunOptions runOptions;

  RunFrame(CommandSpec spec, RunOptions runOptions) {
    this.spec = spec;
    this.runOptions = runOptions;
  }

  /**
   * Length of the stream whose arrivals were recorded: all of them, or as many as were asked for.
   */
  int tasks(RecordedArrivals recorded) {
    int all = recorded.size();
    if (runOptions.tasks == null) {
      return all;
    }
    int asked = checked(runOptions.tasks);
    if (asked != all) {
      say(
          asked < all
              ? String.format(
                  Locale.ROOT, "the trace has %d arrivals: the first %d are run", all, asked)
              : String.format(
                  Locale.ROOT,
                  "the trace has %d arrivals: all of them are run, not %d",
                  all,
                  asked));
    }
    return Math.min(asked, all);
  }

  /**
   * Refuses batches that the data set or the memory of a tensor does not hold.
   *
   * @param images number of test images
   * @param computed what is computed with a whole batch; empty if nothing is
   * @throws UsageError if it is too large
   */
  static void checkBatch(int batch, String dataset, int images, List<Component> computed) {
    if (batch > images) {
      throw new UsageError(
          String.format(
              Locale.ROOT,
              "a batch of %d images is more than the %d test images of %s that report: give at most that many with --batch",
              batch,
              images,
              dataset));
    }
    long most =
        computed.stream()
            .mapToLong(c -> Math.max(c.input().bytes(), c.output().bytes()))
            .max()
            .orElse(1);
    if (most * batch > Integer.MAX_VALUE) {
      throw new UsageError(
          String.format(
              Locale.ROOT,
              "a batch of %d images takes a tensor of %d MiB, more than the 2 GiB that one can have: give at most %d with --batch",
              batch,
              (most * batch) >> 20,
              Integer.MAX_VALUE / most));
    }
  }

  /** Which images choose and which report; says so where they are the same ones. */
  static ImageUse use(ProfileDocument profile, ModelDirectory model, Consumer<String> say) {
    if (profile.isInHalves()) {
      return new ImageUse(ImageHalf.SELECTION.toString(), ImageHalf.REPORT.toString());
    }
    say.accept(
        "%s is not in halves: the images that exits and variants are chosen on report, too (bin/legodnn profile --dataset %s --weights %s measures it in halves)"
            .formatted(
                model.path().resolve(ModelDirectory.PROFILE), model.dataset(), model.path()));
    return ImageUse.ALL;
  }

  /** Those that the stream draws from, of a data set that has so many test images. */
  static ImagePool pool(ImageUse use, int images) {
    return use.equals(ImageUse.ALL) || use.equals(ImageUse.NONE)
        ? ImagePool.all(images)
        : ImagePool.odd(images);
  }

  /** Length of the stream. */
  int tasks(Scenario scenario, Subject subject) {
    if (runOptions.tasks != null) {
      return checked(runOptions.tasks);
    }
    // Accuracy is what takes a thousand images to know.
    return subject.isLatencyAlone() ? TASKS_OF_LATENCY_ALONE : usualTasks(scenario.batch());
  }

  /** Length of a stream that nobody gave one. */
  static int usualTasks(int batch) {
    return Math.max(LEAST_TASKS_BY_DEFAULT, IMAGES_BY_DEFAULT / batch);
  }

  /**
   * How often the stream runs.
   *
   * @param written settings that name files which strategies write to
   * @throws UsageError if that cannot be
   */
  int repeats(List<String> written) {
    if (runOptions.repeat < 1) {
      throw new UsageError("--repeat is at least 1, not " + runOptions.repeat);
    }
    if (runOptions.repeat > 1 && !written.isEmpty()) {
      throw new UsageError(
          "--repeat does not go with %s: a repeat would go on from what the one before wrote; leave one of them out"
              .formatted(written.get(0)));
    }
    return runOptions.repeat;
  }

  private static int checked(int tasks) {
    if (tasks < 1) {
      throw new UsageError("--tasks is at least 1, not " + tasks);
    }
    return tasks;
  }

  /**
   * Folder of the run's files, for this run alone.
   *
   * @throws UsageError if it is another's
   * @throws io.offloadlab.failure.RunFailure if it cannot be made
   */
  RunFolder folder() {
    return runOptions.out != null
        ? RunFolder.named(runOptions.out, runOptions.overwrite)
        : RunFolder.fresh(FreshFolder.of(spec.name(), started));
  }

  /** Another fact of the machine, for the run's description. */
  void note(String name, String fact) {
    machine.put(name, fact);
  }

  /** What the machine is. */
  String machine() {
    return machine.toString();
  }

  /** One line beside the results. */
  void say(String line) {
    PrintWriter err = spec.commandLine().getErr();
    err.println(spec.root().name() + ": " + line);
    err.flush();
  }

  /** The table and what must be known of it. */
  void print(
      Subject subject,
      Scenario scenario,
      List<Entry> entries,
      Map<String, String> infeasible,
      String yardstick,
      List<StrategyResult> results,
      List<ValidationRow> validation) {
    PrintWriter out = spec.commandLine().getOut();
    StreamSummary first = results.get(0).summary();
    out.printf(
        Locale.ROOT,
        "%s on %s, scenario %s: %s tasks of %d, %s, %s%n",
        subject.network().name(),
        subject.dataset(),
        scenario.name(),
        runOptions.repeat == 1
            ? first.tasks()
            : String.format(
                Locale.ROOT,
                "%d repeats (seeds from %d), %d",
                runOptions.repeat,
                scenario.seed(),
                first.tasks()),
        scenario.batch(),
        first.source() == AccuracySource.NONE
            ? "no accuracy"
            : String.format(
                Locale.ROOT,
                "accuracy threshold %.2f%%, accuracy is %s",
                scenario.accuracyThreshold() * 100,
                first.source()),
        subject.use().told());
    out.println(
        TableReport.render(StrategyResult.sideBySide(entries, subject.use(), yardstick, results)));
    if (!validation.isEmpty()) {
      out.println(
          "The same stream in virtual time: predicted from the view that was known before, and with the run's own component times:");
      out.println(TableReport.renderValidation(validation));
    }
    AccuracyNote.of(results).ifPresent(out::println);
    PlaceNote.of(entries, results).ifPresent(out::println);
    infeasible.forEach((name, why) -> out.printf("%s is infeasible: %s%n", name, why));
    entries.stream().flatMap(e -> e.told().stream()).forEach(out::println);
    results.stream().flatMap(r -> r.remarks().stream()).forEach(out::println);
    for (StrategyResult r : results) {
      r.summary().findings().forEach(f -> out.println(r.strategy() + ": " + f.text()));
    }
    out.flush();
  }

  /**
   * The end of a strict run.
   *
   * @throws RunFailure if it is one and the referee has something against a strategy
   */
  void checkStrict(List<StrategyResult> results, Map<String, String> infeasible) {
    if (!runOptions.strict) {
      return;
    }
    Stream<String> faulted =
        results.stream()
            .filter(r -> r.summary().isFaulted() && !runOptions.excused.contains(r.strategy()))
            .map(r -> "%s (%s)".formatted(r.strategy(), r.summary().marks()));
    Stream<String> absent =
        infeasible.keySet().stream()
            .filter(name -> !runOptions.excused.contains(name))
            .map("%s (infeasible)"::formatted);
    String against = Stream.concat(faulted, absent).collect(Collectors.joining(", "));
    if (!against.isEmpty()) {
      throw new RunFailure("--strict: the referee has something against " + against);
    }
  }

  /** Where the files are, once they are. */
  void printReport(RunFolder folder) {
    PrintWriter out = spec.commandLine().getOut();
    out.printf("Report: %s%n", folder.file("report.html"));
    out.flush();
  }

  /** What it takes to run it again. */
  RunDescription describe(
      Subject subject,
      Scenario scenario,
      List<Entry> entries,
      Map<String, String> infeasible,
      String images,
      int tasks,
      SystemView view) {
    List<String> command = new ArrayList<>();
    command.add("bin/" + spec.root().name());
    command.addAll(spec.root().commandLine().getParseResult().originalArgs());
    return new RunDescription(
        command,
        started.truncatedTo(ChronoUnit.SECONDS).toOffsetDateTime().toString(),
        Release.VERSION,
        Map.copyOf(machine),
        subject.network().name(),
        subject.dataset(),
        subject.checksums(),
        images,
        scenario,
        Map.copyOf(runOptions.options),
        entries,
        infeasible,
        subject.use(),
        tasks,
        runOptions.repeat,
        view,
        List.of());
  }
}
