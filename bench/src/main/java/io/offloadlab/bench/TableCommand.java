package io.offloadlab.bench;

import io.offloadlab.bench.metric.Grouping;
import io.offloadlab.bench.metric.Metrics;
import io.offloadlab.bench.metric.TextTable;
import io.offloadlab.bench.report.CsvTables;
import io.offloadlab.bench.report.LatexReport;
import io.offloadlab.bench.report.MarkdownReport;
import io.offloadlab.bench.report.TableReport;
import io.offloadlab.failure.UsageError;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/** {@code bench table}: the tasks of an earlier run, by group. */
@Command(
    name = "table",
    description = "Means over the tasks of an earlier run (every task in its tasks.csv), by group.",
    sortOptions = false,
    mixinStandardHelpOptions = true)
final class TableCommand implements Callable<Integer> {
  private static final String TASKS = "tasks.csv";
  private static final String SUMMARY = "summary.csv";
  private static final String STRATEGY = "strategy";
  private static final String REFEREE = "referee";

  @Parameters(paramLabel = "RUN", description = "Folder of the run.")
  private Path run;

  @Option(
      names = "--by",
      paramLabel = "GROUP",
      defaultValue = "strategy",
      description =
          "strategy, device, route or exit, each per strategy; decision or component for how often each was chosen. Default: ${DEFAULT-VALUE}.")
  private Grouping by;

  @Option(
      names = "--as",
      paramLabel = "FORM",
      defaultValue = "text",
      description = "text, markdown, latex or csv. Default: ${DEFAULT-VALUE}.")
  private Form form;

  @Spec private CommandSpec spec;

  /** How the table is printed. */
  enum Form {
    TEXT,
    MARKDOWN,
    LATEX,
    CSV
  }

  @Override
  public Integer call() {
    Path file = run.resolve(TASKS);
    if (!Files.isReadable(file)) {
      throw new UsageError("'%s' is no folder of a run: it has no %s".formatted(run, TASKS));
    }
    Table groups = by.of(CsvTables.read(file, Metrics.ofTasks()));
    addMarks(groups);
    PrintWriter out = spec.commandLine().getOut();
    switch (form) {
      case TEXT -> out.println(TableReport.render(TextTable.of(groups)));
      case MARKDOWN -> out.print(MarkdownReport.render(TextTable.of(groups)));
      case LATEX -> out.print(LatexReport.render(TextTable.of(groups)));
      case CSV -> CsvTables.write(out, groups.columns());
    }
    out.flush();
    return CommandLines.DONE;
  }

  /** What the referee had against a strategy stands wherever its numbers do. */
  private void addMarks(Table groups) {
    Path file = run.resolve(SUMMARY);
    if (!Files.isReadable(file)) {
      return;
    }
    Table summary = CsvTables.read(file, Metrics.ofStreams());
    if (!summary.columnNames().contains(REFEREE)) {
      return;
    }
    Map<String, String> marks = new HashMap<>();
    summary.forEach(row -> marks.put(row.getString(STRATEGY), row.getString(REFEREE)));
    groups.addColumns(
        StringColumn.create(
            REFEREE,
            groups.stringColumn(STRATEGY).asList().stream()
                .map(name -> marks.getOrDefault(name, ""))));
  }
}
