package io.offloadlab.bench;

import io.offloadlab.bench.metric.TextTable;
import io.offloadlab.bench.metric.TextTable.Head;
import io.offloadlab.bench.report.TableReport;
import io.offloadlab.bench.run.Strategies;
import io.offloadlab.failure.UsageError;
import io.offloadlab.graph.ModelGraph;
import io.offloadlab.graph.Shape;
import io.offloadlab.legodnn.Selection;
import io.offloadlab.strategy.Hop;
import io.offloadlab.strategy.NodeId;
import io.offloadlab.strategy.Route;
import io.offloadlab.strategy.Scenario;
import io.offloadlab.strategy.StrategyContext;
import io.offloadlab.strategy.SystemView;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code bin/legodnn select}: the plan for a measured system and the next best, without a run. */
@Command(
    name = "select",
    description =
        "Prints the plan for a measured system (the view.json of a run), its predicted latency and accuracy and its size on each node, and the plans that come next. Runs nothing.",
    sortOptions = false,
    mixinStandardHelpOptions = true)
final class SelectCommand implements Callable<Integer> {
  private static final double MIB = 1 << 20;

  @Option(
      names = "--view",
      paramLabel = "FILE",
      required = true,
      description = "What was measured: the view.json of a run.")
  private Path view;

  @Mixin private ScenarioOptions scenario;
  @Mixin private ModelOptions model;

  @Option(
      names = "--edge",
      paramLabel = "N",
      defaultValue = "1",
      description =
          "Where tasks arise at the edges: whose plan is shown; the others' stay as they are. Default: ${DEFAULT-VALUE}.")
  private int edge;

  @Option(
      names = "--next",
      paramLabel = "N",
      defaultValue = "5",
      description = "How many plans that come next are shown. Default: ${DEFAULT-VALUE}.")
  private int next;

  @Option(
      names = {"-O", "--option"},
      paramLabel = "STRATEGY.NAME=VALUE",
      description = "Setting of the strategy, such as legodnn.objective=size.")
  private Map<String, String> options = new LinkedHashMap<>();

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    if (next < 0 || next > 1000) {
      throw new UsageError("--next is in 0..1000, not " + next);
    }
    if (edge < 1) {
      throw new UsageError("--edge is at least 1, not " + edge);
    }
    Strategies.onClassPath().checkOptions(options);
    Wanted wanted = scenario.wanted(view);
    Subject subject = model.subject(wanted.draft(), this::say);
    ModelGraph network = subject.network();
    Scenario problem = wanted.draft().toScenario(network.parameters() * Shape.BYTES_PER_ELEMENT);
    if (edge > problem.edges()) {
      throw new UsageError(
          String.format(Locale.ROOT, "--edge is in 1..%d, not %d", problem.edges(), edge));
    }
    SystemView system = wanted.viewIn(problem, this::say).orElseThrow();
    NodeId source = problem.tasksAtCloud() ? NodeId.CLOUD : NodeId.edge(edge);
    Selection selection =
        Selection.of(
            new StrategyContext(network, subject.profile().choosing(), problem, options),
            system,
            source,
            next);
    print(selection, problem, source);
    return CommandLines.DONE;
  }

  private void print(Selection selection, Scenario problem, NodeId source) {
    List<Selection.Choice> all = new ArrayList<>(List.of(selection.chosen()));
    selection.next().ifPresent(all::addAll);
    List<List<String>> rows = new ArrayList<>();
    for (Selection.Choice choice : all) {
      rows.add(row(rows.size(), choice, selection.chosen()));
    }
    PrintWriter out = spec.commandLine().getOut();
    out.println(
        String.format(
            Locale.ROOT,
            "tasks of %d image(s) at %s, accuracy at least %s: %s",
            problem.batch(),
            source,
            problem.accuracyThreshold(),
            standing(selection, problem)));
    out.println(TableReport.render(new TextTable(HEADS, rows)));
    if (selection.next().isEmpty()) {
      out.println("the plans that come next are too many to be told in order here");
    }
    out.flush();
  }

  private static final List<Head> HEADS =
      List.of(
          new Head("plan", "", false),
          new Head("predicted ms", "", false),
          new Head("of the chosen", "", false),
          new Head("accuracy", "", false),
          new Head("size MiB", "", false),
          new Head("MiB by node", "", true),
          new Head("route", "", true));

  private static List<String> row(int number, Selection.Choice choice, Selection.Choice chosen) {
    return List.of(
        number == 0 ? "chosen" : String.format(Locale.ROOT, "next %d", number),
        String.format(Locale.ROOT, "%.3f", choice.seconds() * 1e3),
        String.format(Locale.ROOT, "%.3fx", choice.seconds() / chosen.seconds()),
        String.format(Locale.ROOT, "%.2f%%", choice.accuracy() * 100),
        String.format(Locale.ROOT, "%.2f", choice.route().sizeMib()),
        sizes(choice.route()),
        choice.route().toString());
  }

  private static String sizes(Route route) {
    return route.hops().stream()
        .map(Hop::node)
        .distinct()
        .sorted()
        .map(n -> String.format(Locale.ROOT, "%s %.2f", n, route.bytesOn(n) / MIB))
        .collect(Collectors.joining(", "));
  }

  private static String standing(Selection selection, Scenario problem) {
    String whose =
        problem.tasksAtCloud() ? "the plan" : "with the plans of all edges together, the plan";
    if (selection.gap().isEmpty()) {
      return whose + " may not be the best there is";
    }
    double gap = selection.gap().getAsDouble();
    return gap == 0
        ? whose + " is a proven optimum"
        : String.format(
            Locale.ROOT,
            "%s is at most %.2f%% above the least that any could come to",
            whose,
            100 * gap / (1 - gap));
  }

  private void say(String line) {
    spec.commandLine().getErr().println(spec.root().name() + ": " + line);
  }
}
