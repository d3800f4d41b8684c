package io.offloadlab.bench;

import io.offloadlab.bench.report.RunDifference;
import io.offloadlab.bench.report.RunFiles;
import io.offloadlab.failure.RunFailure;
import io.offloadlab.failure.UsageError;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code bench replay}: an earlier run once more, and what came out otherwise. */
@Command(
    name = "replay",
    description = {
      "Runs an earlier compare or simulate again, from the view that it decided from,",
      "and says what differs. Relative paths in its command are those of this folder."
    },
    sortOptions = false,
    mixinStandardHelpOptions = true)
final class ReplayCommand implements Callable<Integer> {
  private static final Set<String> RUNS = Set.of("compare", "simulate");

  /** Options that are the replay's own, each with a value after it. */
  private static final List<String> WITH_VALUE = List.of("--out", "--view");

  private static final String OVERWRITE = "--overwrite";

  @Parameters(paramLabel = "RUN", description = "Folder of the run.")
  private Path run;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Folder for the files of the new run. Default: a new one in runs/.")
  private Path out;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    RunFiles before = RunFiles.read(run);
    List<String> words = words(before);
    Path folder = out != null ? out : FreshFolder.of("replay");
    words.addAll(List.of("--view", before.view().toString(), "--out", folder.toString()));
    PrintWriter print = spec.commandLine().getOut();
    print.printf("bin/bench %s%n", String.join(" ", words));
    print.flush();
    CommandLine again = CommandLines.line(new Bench());
    again.setOut(print);
    again.setErr(spec.commandLine().getErr());
    int code = again.execute(words.toArray(String[]::new));
    if (code != CommandLines.DONE) {
      return code;
    }
    RunDifference difference = RunDifference.between(before, RunFiles.read(folder));
    DifferenceTable.print(difference, print);
    check(difference, words.get(0).equals("simulate"));
    return CommandLines.DONE;
  }

  private List<String> words(RunFiles before) {
    List<String> command = before.command();
    if (command.size() < 2
        || !Path.of(command.get(0)).getFileName().toString().equals("bench")
        || !RUNS.contains(command.get(1))) {
      throw new UsageError(
          "'%s' was made by '%s': replay runs what bin/bench compare and simulate did"
              .formatted(run, String.join(" ", command)));
    }
    if (!Files.isReadable(before.view())) {
      throw new UsageError(
          "'%s' has no view.json: what it decided from is not known".formatted(run));
    }
    List<String> words = new ArrayList<>();
    for (int i = 1; i < command.size(); i++) {
      String word = command.get(i);
      if (WITH_VALUE.contains(word)) {
        i++;
      } else if (!word.equals(OVERWRITE)
          && WITH_VALUE.stream().noneMatch(o -> word.startsWith(o + "="))) {
        words.add(word);
      }
    }
    return words;
  }

  private static void check(RunDifference difference, boolean simulated) {
    int routes = difference.streams().stream().mapToInt(RunDifference.Stream::routes).sum();
    int predictions =
        difference.streams().stream().mapToInt(RunDifference.Stream::predictions).sum();
    int latencies =
        simulated
            ? difference.streams().stream().mapToInt(RunDifference.Stream::latencies).sum()
            : 0;
    if (routes + predictions + latencies > 0 || !difference.missing().isEmpty()) {
      throw new RunFailure(
          String.format(
              Locale.ROOT,
              "the replay is not the run: %d routes and %d predictions differ%s%s",
              routes,
              predictions,
              latencies > 0
                  ? String.format(Locale.ROOT, ", and %d simulated latencies", latencies)
                  : "",
              difference.missing().isEmpty()
                  ? ""
                  : ", and %s took part in one of them alone".formatted(difference.missing())));
    }
  }
}
