package io.offloadlab.bench;

import io.offloadlab.bench.figure.ChartFile;
import io.offloadlab.bench.report.RedrawnReport;
import io.offloadlab.bench.report.RunFiles;
import io.offloadlab.bench.report.TableFile;
import io.offloadlab.failure.UsageError;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code bench report}: figures and tables of earlier runs, from their files. */
@Command(
    name = "report",
    description =
        "Draws the report of one run again, or of several side by side, and every figure and table as files.",
    sortOptions = false,
    mixinStandardHelpOptions = true)
final class ReportCommand implements Callable<Integer> {
  @Parameters(paramLabel = "RUN", arity = "1..*", description = "Folders of runs.")
  private List<Path> runs;

  @Option(
      names = "--format",
      paramLabel = "FORM",
      split = ",",
      defaultValue = "svg,png,csv,md,tex",
      description =
          "Of the files beside report.html: figures as svg, png or csv, tables as csv, md or tex. Default: ${DEFAULT-VALUE}.")
  private List<Form> forms;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Takes the files. Default: figures/ in the folder of the only run.")
  private Path out;

  @Spec private CommandSpec spec;

  /** What figures and tables can be written as. */
  enum Form {
    SVG(Optional.of(ChartFile.SVG), Optional.empty()),
    PNG(Optional.of(ChartFile.PNG), Optional.empty()),
    CSV(Optional.of(ChartFile.CSV), Optional.of(TableFile.CSV)),
    MD(Optional.empty(), Optional.of(TableFile.MD)),
    TEX(Optional.empty(), Optional.of(TableFile.TEX));

    private final Optional<ChartFile> figure;
    private final Optional<TableFile> table;

    Form(Optional<ChartFile> figure, Optional<TableFile> table) {
      this.figure = figure;
      this.table = table;
    }
  }

  @Override
  public Integer call() {
    if (out == null && runs.size() > 1) {
      throw new UsageError("the report of several runs is nobody's: name a folder with --out");
    }
    Path folder = out != null ? out : runs.get(0).resolve("figures");
    new RedrawnReport(runs.stream().map(RunFiles::read).toList())
        .write(
            folder,
            forms.stream().flatMap(f -> f.figure.stream()).toList(),
            forms.stream().flatMap(f -> f.table.stream()).toList());
    spec.commandLine().getOut().printf("Report: %s%n", folder.resolve("report.html"));
    spec.commandLine().getOut().flush();
    return CommandLines.DONE;
  }
}
