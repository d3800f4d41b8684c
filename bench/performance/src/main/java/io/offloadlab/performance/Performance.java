package io.offloadlab.performance;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Callable;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.results.format.ResultFormatFactory;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * Runs the benchmarks in rounds, so that what is compared runs under the same load, and compares.
 */
@Command(
    name = "performance",
    mixinStandardHelpOptions = true,
    subcommands = VariantTimes.class,
    description = "Measures the laboratory beside what it is compared with.")
public final class Performance implements Callable<Integer> {
  @Parameters(
      paramLabel = "FILTER",
      description = "Regular expressions of class and method names; default: all benchmarks.")
  private List<String> filters = List.of();

  @Option(
      names = "--rounds",
      paramLabel = "N",
      defaultValue = "5",
      description = "How often everything is measured, in turns (default: ${DEFAULT-VALUE}).")
  private int rounds;

  @Option(names = "--quick", description = "One short round: whether it runs, not how fast.")
  private boolean quick;

  @Option(
      names = "--param",
      paramLabel = "NAME=V,...",
      description = "Only these values of a parameter; may be repeated.")
  private List<String> params = List.of();

  @Option(
      names = "--out",
      paramLabel = "DIR",
      defaultValue = "runs/performance",
      description =
          "Where ratios.csv and jmh.json (everything JMH says) go (default: ${DEFAULT-VALUE}).")
  private Path out;

  private Performance() {}

  /** The command; see its help. */
  public static void main(String[] args) {
    System.exit(new CommandLine(new Performance()).execute(args));
  }

  @Override
  public Integer call() throws IOException, RunnerException {
    List<RunResult> all = new ArrayList<>();
    List<Score> scores = new ArrayList<>();
    Machine machine = Machine.here();
    System.out.println(machine);
    if (!FrozenTorchScript.isHere()) {
      System.out.println("no Python with PyTorch here: nothing is compared with TorchScript");
    }
    int times = quick ? 1 : rounds;
    for (int round = 0; round < times; round++) {
      System.err.printf("round %d of %d%n", round + 1, times);
      Collection<RunResult> results = new Runner(options().build()).run();
      for (RunResult result : results) {
        all.add(result);
        scores.add(Score.of(round, result));
      }
    }
    List<Comparison> compared = Comparison.of(scores);
    Files.createDirectories(out);
    try (PrintStream json = new PrintStream(out.resolve("jmh.json").toFile(), "UTF-8")) {
      ResultFormatFactory.getInstance(ResultFormatType.JSON, json).writeOut(all);
    }
    Ratios.write(out.resolve("ratios.csv"), machine, compared);
    System.out.println(Ratios.table(compared));
    return CommandLine.ExitCode.OK;
  }

  private ChainedOptionsBuilder options() {
    ChainedOptionsBuilder options =
        new OptionsBuilder()
            .forks(1)
            .shouldFailOnError(true)
            .verbosity(VerboseMode.SILENT)
            .jvmArgsAppend(
                "-Doffloadlab.home=" + System.getProperty("offloadlab.home", "."),
                // The fixtures bring a configuration for tests.
                "-Dlogback.configurationFile=logback.xml");
    filters.forEach(options::include);
    if (!FrozenTorchScript.isHere()) {
      options.exclude("frozenTorchScript");
    }
    for (String param : params) {
      String[] parts = param.split("=", 2);
      if (parts.length != 2) {
        throw new CommandLine.ParameterException(
            new CommandLine(this), "--param is NAME=V,..., not '" + param + "'");
      }
      options.param(parts[0], parts[1].split(","));
    }
    if (quick) {
      options
          .warmupIterations(1)
          .warmupTime(TimeValue.milliseconds(300))
          .measurementIterations(1)
          .measurementTime(TimeValue.milliseconds(500));
    }
    return options;
  }
}
