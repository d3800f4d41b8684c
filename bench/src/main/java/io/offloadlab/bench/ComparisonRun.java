package io.offloadlab.bench;

import io.offloadlab.bench.metric.Entry;
import io.offloadlab.bench.metric.StreamSummary;
import io.offloadlab.bench.metric.ValidationRow;
import io.offloadlab.bench.report.RunDescription;
import io.offloadlab.bench.report.RunFolder;
import io.offloadlab.bench.report.RunReport;
import io.offloadlab.bench.report.StrategyResult;
import io.offloadlab.bench.run.Comparison;
import io.offloadlab.bench.run.Entrant;
import io.offloadlab.bench.run.Entrants;
import io.offloadlab.bench.run.LiveSystem;
import io.offloadlab.bench.run.MeasuringProgress;
import io.offloadlab.bench.run.Nodes;
import io.offloadlab.bench.run.Pinning;
import io.offloadlab.bench.run.Repeats;
import io.offloadlab.bench.run.RunKeeper;
import io.offloadlab.bench.run.RunProgress;
import io.offloadlab.bench.run.Strategies;
import io.offloadlab.bench.run.Unfinished;
import io.offloadlab.bench.run.Validation;
import io.offloadlab.data.ImageSet;
import io.offloadlab.failure.UsageError;
import io.offloadlab.graph.ModelGraph;
import io.offloadlab.graph.Shape;
import io.offloadlab.models.ModelDirectory;
import io.offloadlab.strategy.Arrivals;
import io.offloadlab.strategy.Scenario;
import io.offloadlab.strategy.StrategyContext;
import io.offloadlab.strategy.SystemView;
import io.offloadlab.strategy.Task;
import io.offloadlab.stream.ImagePool;
import io.offloadlab.stream.TaskStream;
import io.offloadlab.view.Emulation;
import io.offloadlab.view.MeasuredView;
import io.offloadlab.view.SystemViewFile;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;

/** A comparison from its options to its files: what {@code compare} and {@code cloud} share. */
final class ComparisonRun {
  private final RunFrame frame;
  private final Wanted wanted;
  private final ModelOptions modelOptions;
  private final RunOptions runOptions;
  private final boolean simulated;

  /**
   * @param simulated whether the stream is simulated afterwards, to compare
   */
  ComparisonRun(
      CommandSpec spec,
      Wanted wanted,
      ModelOptions modelOptions,
      RunOptions runOptions,
      boolean simulated) {
    this.frame = new RunFrame(spec, runOptions);
    this.wanted = wanted;
    this.modelOptions = modelOptions;
    this.runOptions = runOptions;
    this.simulated = simulated;
  }

  /** Settings of those who take part that name files which they write to. */
  private List<String> written(Strategies known, List<Entry> entries) {
    return entries.stream()
        .flatMap(e -> known.written(e.settings(runOptions.options)).stream())
        .toList();
  }

  /** A simulation would begin with what the live run has just learned, and write over it. */
  private void checkFilesOfStrategies(Strategies known, List<Entry> entries) {
    List<String> written = written(known, entries);
    if (simulated && !written.isEmpty()) {
      throw new UsageError(
          "--simulate does not go with %s: the simulated strategies would write to the same file; leave one of them out"
              .formatted(written.get(0)));
    }
  }

  /**
   * Runs strategies and writes what came out.
   *
   * @param known every strategy
   * @param entries those that take part
   * @param place where the nodes are
   */
  void run(Strategies known, List<Entry> entries, Nodes.Place place) {
    known.checkOptions(runOptions.options);
    checkFilesOfStrategies(known, entries);
    Subject subject = modelOptions.subject(wanted.draft(), frame::say);
    ModelGraph network = subject.network();
    Scenario scenario = wanted.draft().toScenario(network.parameters() * Shape.BYTES_PER_ELEMENT);
    int count = frame.tasks(scenario, subject);
    frame.repeats(written(known, entries));
    StrategyContext context =
        new StrategyContext(network, subject.profile().choosing(), scenario, runOptions.options);
    Optional<SystemView> given = wanted.viewIn(scenario, frame::say);
    try (Entrants entrants = known.create(entries, context)) {
      wanted.sayUnmeasured(entrants.components(), frame::say);
      Images images = subject.images().apply(scenario.seed());
      ImagePool pool = RunFrame.pool(subject.use(), images.set().size());
      RunFrame.checkBatch(scenario.batch(), subject.dataset(), pool.count(), entrants.components());
      images.warning().ifPresent(frame::say);
      if (place instanceof Nodes.Place.Processes processes) {
        tellOfCores(processes.pinning(), scenario);
      }
      try (RunKeeper keeper = new RunKeeper(frame.folder())) {
        RunFolder folder = keeper.folder();
        Ended ended =
            live(
                place,
                subject.files().get(),
                images.set(),
                given,
                new Stream(known, entries, entrants, context, pool, count),
                keeper);
        List<ValidationRow> validation = List.of();
        Optional<RuntimeException> failure = ended.failure();
        if (simulated && failure.isEmpty()) {
          try {
            validation =
                validation(
                    known, entries, context, new TaskStream(scenario, pool, count).toList(), ended);
          } catch (RuntimeException e) {
            failure = Optional.of(e);
          }
        }
        Map<String, String> infeasible = new LinkedHashMap<>(entrants.infeasible().reasons());
        infeasible.putAll(ended.infeasible());
        RunDescription description =
            frame.describe(
                subject, scenario, entries, infeasible, images.origin(), count, ended.view());
        frame.print(
            subject,
            scenario,
            entries,
            infeasible,
            known.yardstick(entries),
            ended.results(),
            validation);
        write(folder, description, known.yardstick(entries), ended, validation);
        frame.printReport(folder);
        if (failure.isPresent()) {
          keeper.passOn(failure.get(), frame::say);
        }
        frame.checkStrict(ended.results(), infeasible);
      }
    }
  }

  private void tellOfCores(Pinning pinning, Scenario scenario) {
    frame.note("cores", pinning.told());
    int inFlight =
        scenario.arrivals() instanceof Arrivals.Sequential s ? s.inFlight() : Integer.MAX_VALUE;
    pinning.warnings(scenario.edges(), inFlight).forEach(frame::say);
  }

  private static List<ValidationRow> validation(
      Strategies known,
      List<Entry> entries,
      StrategyContext context,
      List<Task> tasks,
      Ended live) {
    List<StreamSummary> summaries =
        live.results().stream().map(r -> r.repeats().get(0).summary()).toList();
    List<Entry> ran =
        entries.stream()
            .filter(e -> summaries.stream().anyMatch(s -> s.strategy().equals(e.name())))
            .toList();
    return new Validation(context.scenario(), tasks, live.view(), live.experienced())
        .of(summaries, () -> known.create(ran, context));
  }

  private void write(
      RunFolder folder,
      RunDescription description,
      String yardstick,
      Ended ended,
      List<ValidationRow> validation) {
    Emulation under = Emulation.of(description.resolvedScenario());
    SystemViewFile.write(
        folder.file("view.json"),
        new MeasuredView(ended.view(), under),
        description.started(),
        frame.machine());
    SystemViewFile.write(
        folder.file("experienced.json"),
        new MeasuredView(ended.experienced(), under),
        description.started(),
        frame.machine());
    new RunReport(folder.path())
        .write(description, yardstick, ended.results(), ended.experienced(), validation);
  }

  /**
   * How a stream ended on the nodes.
   *
   * @param view that decisions were made from
   * @param experienced the same with the times of its tasks
   * @param results of the entrants that have one
   * @param infeasible who turned out to have no plan, and why
   * @param failure why it ended early, if it did
   */
  private record Ended(
      SystemView view,
      SystemView experienced,
      List<StrategyResult> results,
      Map<String, String> infeasible,
      Optional<RuntimeException> failure) {}

  /**
   * Who runs what.
   *
   * @param first those of the first repeat; the others' are made when it is their turn
   * @param pool images that streams draw from
   * @param count tasks per repeat
   */
  private record Stream(
      Strategies known,
      List<Entry> entries,
      Entrants first,
      StrategyContext context,
      ImagePool pool,
      int count) {
    Scenario scenario() {
      return context.scenario();
    }
  }

  private Ended live(
      Nodes.Place place,
      ModelDirectory model,
      ImageSet images,
      Optional<SystemView> given,
      Stream stream,
      RunKeeper keeper) {
    long all = (long) stream.first().list().size() * stream.count() * runOptions.repeat;
    try (Nodes nodes = Nodes.start(place, stream.scenario(), model.path());
        RunProgress bar = new RunProgress(all, frame::say)) {
      SystemView view = view(nodes, model, stream.first(), stream.scenario(), given);
      LiveSystem live = new LiveSystem(nodes.cloud(), images);
      Repeats done = new Repeats();
      Map<String, String> infeasible = new LinkedHashMap<>();
      Optional<RuntimeException> failure = Optional.empty();
      for (int r = 1; r <= runOptions.repeat && failure.isEmpty(); r++) {
        failure = repeat(r, live, stream, keeper.telling(r, bar), done, infeasible);
      }
      return new Ended(
          nodes.cloud().withWays(view),
          nodes.cloud().experienced(),
          done.results(),
          infeasible,
          failure);
    }
  }

  /** Runs one repeat; says why it ended early if it did. */
  private static Optional<RuntimeException> repeat(
      int number,
      LiveSystem live,
      Stream stream,
      Comparison.Progress progress,
      Repeats done,
      Map<String, String> infeasible) {
    Scenario own = stream.scenario().withSeed(stream.scenario().seed() + number - 1);
    List<Task> tasks = new TaskStream(own, stream.pool(), stream.count()).toList();
    // The first one's are closed by those who made them.
    try (Entrants more =
        number == 1
            ? new Entrants(List.of())
            : stream.known().create(stream.entries(), stream.context().in(own))) {
      List<Entrant> entrants = number == 1 ? stream.first().list() : more.list();
      Comparison comparison = new Comparison(number, live, own, tasks, entrants, progress);
      try {
        done.add(comparison.run());
      } finally {
        infeasible.putAll(comparison.infeasible().reasons());
      }
      return Optional.empty();
    } catch (Unfinished e) {
      done.add(e.done());
      return Optional.of(e);
    } catch (RuntimeException e) {
      if (done.isEmpty()) {
        throw e;
      }
      return Optional.of(e);
    }
  }

  private SystemView view(
      Nodes nodes,
      ModelDirectory model,
      Entrants entrants,
      Scenario scenario,
      Optional<SystemView> given) {
    if (given.isPresent()) {
      nodes.cloud().use(given.get());
    } else {
      try (MeasuringProgress progress = new MeasuringProgress(frame::say)) {
        nodes
            .cloud()
            .measure(entrants.components(), entrants.chains(model), scenario.batch(), progress);
      }
    }
    SystemView view = nodes.cloud().view();
    if (simulated) {
      // Both runs decide from the same view, so that they can differ in time alone.
      nodes.cloud().use(view);
    }
    return view;
  }
}
