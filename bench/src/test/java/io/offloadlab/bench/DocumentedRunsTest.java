package io.offloadlab.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.offloadlab.bench.report.RunFiles;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/** Tables of the documentation are those of the runs that lie beside them. */
class DocumentedRunsTest {
  private static final Path ROOT = Path.of("..");
  private static final Path RUNS = ROOT.resolve("docs/runs");
  private static final long MOST_BYTES = 20 << 20;

  /** Before a table: {@code <!-- docs/runs/NAME -->}. */
  private static final Pattern MARK = Pattern.compile("<!-- docs/runs/([\\w.-]+) -->\\n\\n?");

  @TempDir Path folder;

  static List<Path> runs() throws IOException {
    try (Stream<Path> all = Files.list(RUNS)) {
      return all.filter(Files::isDirectory).sorted().toList();
    }
  }

  static List<Path> simulatedRuns() throws IOException {
    return runs().stream()
        .filter(r -> RunFiles.read(r).command().get(1).equals("simulate"))
        .toList();
  }

  private static List<Path> pages() throws IOException {
    List<Path> pages = new ArrayList<>(List.of(ROOT.resolve("README.md")));
    try (Stream<Path> docs = Files.list(ROOT.resolve("docs"))) {
      docs.filter(p -> p.toString().endsWith(".md")).sorted().forEach(pages::add);
    }
    return pages;
  }

  private static String table(String text) {
    StringBuilder table = new StringBuilder();
    text.lines().takeWhile(l -> l.startsWith("|")).forEach(l -> table.append(l).append('\n'));
    return table.toString();
  }

  @Test
  @DisplayName("a table under a run's name is that run's, line by line")
  void tables_underTheNameOfARun_areItsOwn() throws IOException {
    int tables = 0;
    for (Path page : pages()) {
      String text = Files.readString(page);
      Matcher mark = MARK.matcher(text);
      while (mark.find()) {
        String summary = Files.readString(RUNS.resolve(mark.group(1)).resolve("summary.md"));
        String shown = table(text.substring(mark.end()));
        assertThat(shown).as("%s, below the name of %s", page, mark.group(1)).isNotEmpty();
        assertThat(summary.split("\n\n", -1))
            .as("%s, table of %s", page, mark.group(1))
            .anyMatch(one -> table(one).equals(shown));
        tables++;
      }
    }
    assertThat(tables).isPositive();
  }

  @ParameterizedTest
  @MethodSource("runs")
  @DisplayName("a run has what it takes to look into it, and names no folder of anybody's machine")
  void run_inTheDocumentation_isWhole(Path run) throws IOException {
    RunFiles files = RunFiles.read(run);

    assertThat(run.resolve("summary.csv")).exists();
    assertThat(run.resolve("view.json")).exists();
    assertThat(files.tasks().rowCount()).isPositive();
    assertThat(Files.readString(run.resolve("run.json")))
        .doesNotContain("/home/", "/root/", "/tmp/", "/work/", "/Users/");
  }

  @Test
  void runs_allTogether_areSmall() throws IOException {
    try (Stream<Path> all = Files.walk(RUNS)) {
      assertThat(all.mapToLong(f -> f.toFile().isFile() ? f.toFile().length() : 0).sum())
          .isLessThan(MOST_BYTES);
    }
  }

  @ParameterizedTest
  @MethodSource("simulatedRuns")
  @DisplayName("a simulated run comes out the same today")
  void replay_ofASimulatedRun_differsInNothing(Path run) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine line = CommandLines.line(new Bench());
    line.setOut(new PrintWriter(out, true));
    line.setErr(new PrintWriter(err, true));

    int code = line.execute("replay", run.toString(), "--out", folder.resolve("out").toString());

    assertThat(err.toString().lines().filter(l -> !l.contains(" done, about "))).isEmpty();
    assertThat(code).isZero();
    assertThat(out.toString()).doesNotContain("differs: scenario", "differs: weights");
  }
}
