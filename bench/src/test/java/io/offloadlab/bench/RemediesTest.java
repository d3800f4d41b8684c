package io.offloadlab.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.offloadlab.bench.run.FakeNetworks;
import io.offloadlab.bench.run.Strategies;
import io.offloadlab.models.ModelShelf;
import io.offloadlab.strategy.option.OptionSet;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/**
 * What messages tell users to do can be done. Every text of the program is searched for options and
 * commands, so that one that was renamed or never there is found; and remedies are provoked, taken
 * from the message as it is printed, and run.
 */
class RemediesTest {
  private static final Path HOME = Path.of(System.getProperty(ModelShelf.HOME));
  private static final Pattern TEXT = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\"");
  private static final Pattern OPTION = Pattern.compile("(?<![\\w-])--[a-z][a-z0-9_-]*");
  private static final Pattern SETTING =
      Pattern.compile("(?<![\\w.])(?:legodnn|ddpg|dt)\\.[a-z][a-z-]*(?![\\w.])");
  private static final Pattern COMMAND = Pattern.compile("bin/([a-z-]+)(?: ([a-z]+))?");

  private final StringWriter err = new StringWriter();

  @TempDir Path folder;

  @BeforeEach
  void view() {
    FakeNetworks.writeView(folder.resolve("view.json"));
  }

  private static List<CommandLine> tools() {
    return List.of(
        CommandLines.line(new Bench()),
        CommandLines.line(new BranchyNetTool()),
        CommandLines.line(new LegoDnnTool()),
        CommandLines.line(new DdpgTool()),
        CommandLines.line(new TwinTool()));
  }

  private static List<String> texts() throws IOException {
    List<String> all = new ArrayList<>();
    try (var files = Files.walk(HOME)) {
      for (Path file :
          files
              .filter(
                  // The benchmarks have a command of their own.
                  f ->
                      f.toString().contains("/src/main/java/")
                          && !f.startsWith(HOME.resolve("bench/performance"))
                          && f.toString().endsWith(".java"))
              .toList()) {
        Matcher text = TEXT.matcher(Files.readString(file));
        while (text.find()) {
          all.add(text.group(1));
        }
      }
    }
    return all;
  }

  private static Set<String> found(Pattern pattern) throws IOException {
    Set<String> all = new TreeSet<>();
    for (String text : texts()) {
      Matcher m = pattern.matcher(text);
      while (m.find()) {
        all.add(m.group());
      }
    }
    return all;
  }

  @Test
  @DisplayName("Every option that a text names is one of a command's")
  void texts_optionsTheyName_exist() throws IOException {
    Set<String> known = new TreeSet<>();
    for (CommandLine tool : tools()) {
      tool.getSubcommands()
          .values()
          .forEach(
              c ->
                  c.getCommandSpec()
                      .options()
                      .forEach(o -> known.addAll(Arrays.asList(o.names()))));
    }

    assertThat(found(OPTION)).hasSizeGreaterThan(40).isSubsetOf(known);
  }

  @Test
  @DisplayName("Every setting that a text names is one of a strategy's")
  void texts_settingsTheyName_exist() throws IOException {
    Set<String> known = new TreeSet<>();
    Strategies.onClassPath()
        .all()
        .forEach(
            p -> {
              OptionSet set = p.options();
              set.options().forEach(o -> known.add(set.key(o)));
            });

    assertThat(found(SETTING)).isNotEmpty().isSubsetOf(known);
  }

  @Test
  @DisplayName("Every command that a text names is there")
  void texts_commandsTheyName_exist() throws IOException {
    for (String command : found(COMMAND)) {
      Matcher m = COMMAND.matcher(command);
      assertThat(m.matches()).isTrue();
      CommandLine tool =
          tools().stream()
              .filter(t -> t.getCommandName().equals(m.group(1)))
              .findFirst()
              .orElseThrow(() -> new AssertionError(command));
      assertThat(HOME.resolve("bin").resolve(m.group(1))).isExecutable();
      if (m.group(2) != null && !m.group(2).equals("or")) {
        assertThat(tool.getSubcommands()).as(command).containsKey(m.group(2));
      }
    }
  }

  private int simulate(String... more) {
    List<String> args =
        new ArrayList<>(List.of("simulate", "--view=" + folder.resolve("view.json")));
    args.add("--out=" + folder.resolve("out"));
    args.addAll(List.of(more));
    return run(args);
  }

  private int run(List<String> args) {
    err.getBuffer().setLength(0);
    CommandLine line = CommandLines.line(new Bench());
    line.setOut(new PrintWriter(new StringWriter()));
    line.setErr(new PrintWriter(err, true));
    return line.execute(args.toArray(String[]::new));
  }

  /** What a message tells to add, from an option to the end of its value. */
  private String[] remedy(String pattern) {
    Matcher m = Pattern.compile(pattern).matcher(err.toString());
    assertThat(m.find()).as(err.toString()).isTrue();
    return m.group(1).split(" ", -1);
  }

  @Test
  void outUsedBefore_overwriteAsItSays_runs() {
    String[] once = {"--strategies=cloud-only", "--tasks=20"};
    simulate(once);
    assertThat(simulate(once)).isEqualTo(2);

    List<String> again = new ArrayList<>(List.of(once));
    again.addAll(List.of(remedy("removed with (--\\S+)")));

    assertThat(simulate(again.toArray(String[]::new))).as(err.toString()).isZero();
  }

  @Test
  void moreEdgesThanCores_asManyAsItSays_noneIsLeftOut() {
    assertThat(simulate("--edges=3", "--tasks=20", "--scenario=published", "--in-flight=2"))
        .isZero();
    assertThat(err.toString()).contains("ddpg is left out").doesNotContain("dt is left out");
    String[] edges = remedy("takes part with (--edges \\d+)");

    assertThat(
            simulate(
                edges[0],
                edges[1],
                "--tasks=20",
                "--scenario=published",
                "--in-flight=2",
                "--overwrite"))
        .isZero();
    assertThat(err.toString()).doesNotContain("left out");
  }

  @Test
  void arrivalsSaidTwice_oneLeftOut_runs() throws IOException {
    Path trace = Files.writeString(folder.resolve("t.txt"), "0.1\n0.2\n");
    String[] both = {"--strategies=cloud-only", "--trace=" + trace, "--arrivals=poisson 2"};
    assertThat(simulate(both)).isEqualTo(2);
    assertThat(err.toString()).contains("--trace and --arrivals", "leave one of them out");

    assertThat(simulate(both[0], both[1])).as(err.toString()).isZero();
    assertThat(simulate(both[0], both[2], "--tasks=20", "--overwrite")).as(err.toString()).isZero();
  }

  @Test
  void accuracyOutOfReach_loweredToWhatItSays_runs() {
    String[] legodnn = {"--strategies=legodnn", "--tasks=20"};
    assertThat(simulate(legodnn[0], legodnn[1], "--acc=0.999")).isEqualTo(1);
    assertThat(err.toString()).contains("lower --acc");
    String best = remedy("best reachable is ([0-9.]+)")[0];

    assertThat(simulate(legodnn[0], legodnn[1], "--acc=" + best)).as(err.toString()).isZero();
  }

  @Test
  void missingView_aRunWithoutIt_measuresOneThatCanBeGiven() {
    String[] common = {"simulate", "--strategies=cloud-only", "--tasks=20"};
    List<String> args = new ArrayList<>(List.of(common));
    args.add("--view=" + folder.resolve("none.json"));
    assertThat(run(args)).isEqualTo(2);
    assertThat(err.toString()).contains("a run without --view measures one");

    args.set(3, "--out=" + folder.resolve("measured"));
    assertThat(run(args)).as(err.toString()).isZero();

    args.set(3, "--out=" + folder.resolve("again"));
    args.add("--view=" + folder.resolve("measured/view.json"));
    assertThat(run(args)).as(err.toString()).isZero();
  }

  @Test
  void cloudOverloaded_queueAsItSays_runs() {
    String[] heavy = {"--strategies=cloud-only", "--tasks=20", "--cloud-load=100/s of 20ms"};
    assertThat(simulate(heavy)).isEqualTo(2);
    String[] queue = remedy("bound the queue with (--queue)");

    assertThat(simulate(heavy[0], heavy[1], heavy[2], queue[0] + "=5")).as(err.toString()).isZero();
  }
}
