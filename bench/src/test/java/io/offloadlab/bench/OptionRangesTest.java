package io.offloadlab.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Every number that any command takes has a range, and every path to it ends in one line and exit
 * code 2. Options are found by asking the commands, so that a new one is tried as well.
 */
class OptionRangesTest {
  private static final Set<Class<?>> WHOLE =
      Set.of(int.class, Integer.class, long.class, Long.class);
  private static final Set<Class<?>> REAL =
      Set.of(double.class, Double.class, float.class, Float.class);

  /** Options whose every whole number is valid. */
  private static final Set<String> ANY = Set.of("--seed");

  private static final List<Supplier<Object>> TOOLS =
      List.of(Bench::new, BranchyNetTool::new, LegoDnnTool::new, DdpgTool::new, TwinTool::new);

  /** What else a command needs to be understood; nothing of it is there. */
  private static final Map<String, String> NEEDED =
      Map.of(
          "--dataset", "fashion-mnist-sample",
          "--acc", "0.5",
          "--port", "1");

  @TempDir Path folder;

  @TestFactory
  @DisplayName("A number that an option cannot have is one line and exit code 2")
  Stream<DynamicTest> wrongNumbers_everyOptionOfEveryCommand_areRefused() throws IOException {
    Files.createDirectories(folder.resolve("empty"));
    List<DynamicTest> tests = new ArrayList<>();
    for (Supplier<Object> tool : TOOLS) {
      CommandLine line = CommandLines.line(tool.get());
      line.getSubcommands()
          .forEach(
              (name, command) ->
                  command.getCommandSpec().options().stream()
                      .filter(o -> isNumber(o) && !o.usageHelp())
                      .forEach(o -> wrong(o).forEach(v -> tests.add(test(tool, command, o, v)))));
    }
    assertThat(tests).hasSizeGreaterThan(100);
    return tests.stream();
  }

  private static boolean isNumber(OptionSpec option) {
    return WHOLE.contains(type(option)) || REAL.contains(type(option));
  }

  private static Class<?> type(OptionSpec option) {
    return option.isMultiValue() ? option.auxiliaryTypes()[0] : option.type();
  }

  private static List<String> wrong(OptionSpec option) {
    List<String> values = new ArrayList<>(List.of("some", ""));
    if (!ANY.contains(option.longestName())) {
      values.add("-1");
    }
    if (REAL.contains(type(option))) {
      values.addAll(List.of("NaN", "Infinity"));
    } else {
      values.addAll(List.of("2.9", "99999999999999999999"));
    }
    if (option.longestName().equals("--port")) {
      values.addAll(List.of("65536", "2147483647"));
    }
    return values;
  }

  private DynamicTest test(
      Supplier<Object> tool, CommandLine command, OptionSpec option, String value) {
    String name = command.getCommandSpec().qualifiedName();
    String typed = option.longestName() + "=" + value;
    return DynamicTest.dynamicTest(
        name + " " + typed,
        () -> {
          List<String> args = new ArrayList<>(List.of(command.getCommandName(), typed));
          for (OptionSpec other : command.getCommandSpec().options()) {
            boolean paths = other.type().equals(Path.class);
            if (!other.equals(option)
                && other.group() == null
                && (other.required() || other.longestName().equals("--data"))) {
              args.add(
                  other.longestName()
                      + "="
                      + (paths ? folder.resolve("empty").toString() : NEEDED.get(shortest(other))));
            }
          }
          StringWriter err = new StringWriter();
          CommandLine line = CommandLines.line(tool.get());
          line.setErr(new PrintWriter(err, true));

          int code = line.execute(args.toArray(String[]::new));

          assertThat(err.toString().lines()).as(err.toString()).hasSize(1);
          assertThat(err.toString()).contains(option.longestName());
          assertThat(code).as(err.toString()).isEqualTo(2);
        });
  }

  private static String shortest(OptionSpec option) {
    return option.shortestName();
  }
}
