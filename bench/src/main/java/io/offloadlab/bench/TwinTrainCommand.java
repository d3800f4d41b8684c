package io.offloadlab.bench;

import io.offloadlab.bench.run.Strategies;
import io.offloadlab.failure.UsageError;
import io.offloadlab.files.ClaimedFolder;
import io.offloadlab.graph.Shape;
import io.offloadlab.models.ModelDirectory;
import io.offloadlab.models.ProfileDocument;
import io.offloadlab.progress.Bars;
import io.offloadlab.sim.SimulationOptions;
import io.offloadlab.strategy.Arrivals;
import io.offloadlab.strategy.Scenario;
import io.offloadlab.strategy.StrategyContext;
import io.offloadlab.strategy.SystemView;
import io.offloadlab.twin.OfflineTraining;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import me.tongfei.progressbar.ProgressBar;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * {@code bin/dt-assisted train}: learns in the simulator, for a system that was measured before,
 * and leaves a checkpoint for {@code dt.checkpoint}. It is here and not with the strategy because
 * it knows scenarios as users write them.
 */
@Command(
    name = "train",
    description =
        "Learns in virtual time on a measured system (the view.json of a run); the result is what"
            + " -O dt.checkpoint=FILE goes on from. Speeds and links are those of the view, unless others are asked for.",
    sortOptions = false,
    mixinStandardHelpOptions = true)
final class TwinTrainCommand implements Callable<Integer> {
  private static final String CHECKPOINT = "dt.checkpoint";

  @Option(
      names = "--view",
      paramLabel = "FILE",
      required = true,
      description = "What was measured: the view.json of a run.")
  private Path view;

  @Option(
      names = "--out",
      paramLabel = "CHECKPOINT",
      required = true,
      description = "File to write every 500 tasks and at the end, and to go on from if it exists.")
  private Path out;

  @Mixin private ScenarioOptions scenario;
  @Mixin private ModelOptions model;
  @Mixin private LoadOption cloudLoad;

  @Option(
      names = "--tasks",
      paramLabel = "N",
      defaultValue = "2000",
      description =
          "Tasks to learn from, those of the checkpoint included. Default: ${DEFAULT-VALUE}.")
  private long tasks;

  @Option(
      names = {"-O", "--option"},
      paramLabel = "dt.NAME=VALUE",
      description = "Setting of the strategy, such as dt.preset=published.")
  private Map<String, String> options = new LinkedHashMap<>();

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    check();
    SimulationOptions simulation = SimulationOptions.DEFAULT.with(cloudLoad.load(false));
    ModelDirectory directory = model.open();
    ProfileDocument profile = directory.measured();
    profile.warning(directory).ifPresent(this::say);
    Wanted wanted = scenario.wanted(view);
    ModelOptions.requireTrained(wanted.draft());
    Scenario problem =
        wanted.draft().toScenario(directory.network().parameters() * Shape.BYTES_PER_ELEMENT);
    SystemView measured = wanted.viewIn(problem, this::say).orElseThrow();
    if (problem.arrivals() instanceof Arrivals.Sequential s && s.inFlight() == 1) {
      say("tasks that come one after the other never wait: little can be learned from them");
    }
    OfflineTraining training =
        new OfflineTraining(
            new StrategyContext(directory.network(), profile.choosing(), problem, options),
            measured,
            simulation,
            out);
    Optional<ProgressBar> bar =
        Bars.named("learning").map(b -> b.setInitialMax(tasks).setUnit(" tasks", 1).build());
    try (ClaimedFolder claimed = ClaimedFolder.ofFile("--out", out)) {
      assert claimed != null;
      print(training.run(tasks, done -> bar.ifPresent(b -> b.stepBy(done))));
    } finally {
      bar.ifPresent(ProgressBar::close);
    }
    return CommandLines.DONE;
  }

  private void check() {
    if (tasks < 1) {
      throw new UsageError("--tasks is at least 1, not " + tasks);
    }
    if (options.containsKey(CHECKPOINT)) {
      throw new UsageError("the checkpoint of a training is named with --out, not " + CHECKPOINT);
    }
    Strategies.onClassPath().checkOptions(options);
  }

  private void print(OfflineTraining.Outcome o) {
    PrintWriter text = spec.commandLine().getOut();
    text.printf(
        Locale.ROOT,
        "learned   from %d tasks, %d of them before: %d new samples, %d gradient steps in all%n",
        o.tasks(),
        o.before(),
        o.samples(),
        o.steps());
    text.printf(Locale.ROOT, "on %d tasks that it did not learn from, per task:%n", o.heldOut());
    print(text, "one-shot", o.oneShot());
    print(text, "untrained", o.untrained());
    print(text, "trained", o.trained());
    text.printf("checkpoint %s%n", out);
    text.flush();
    o.warnings().forEach(this::say);
  }

  private static void print(PrintWriter text, String name, OfflineTraining.Score s) {
    text.printf(
        Locale.ROOT,
        "%-9s utility %.4f s, delay %.2f ms, accuracy %.2f%%%n",
        name,
        s.utility(),
        s.delaySeconds() * 1e3,
        s.accuracy() * 100);
  }

  private void say(String line) {
    PrintWriter err = spec.commandLine().getErr();
    err.println(spec.root().name() + ": " + line);
    err.flush();
  }
}
