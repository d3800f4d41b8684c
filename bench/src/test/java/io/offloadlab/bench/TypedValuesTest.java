package io.offloadlab.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.offloadlab.bench.run.FakeNetworks;
import io.offloadlab.strategy.LinkSpec;
import io.offloadlab.strategy.SystemView;
import io.offloadlab.strategy.SystemView.NodeView;
import io.offloadlab.view.Emulation;
import io.offloadlab.view.MeasuredView;
import io.offloadlab.view.SystemViewFile;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** Values of options that are wrong are said in one line, in words of the command line. */
class TypedValuesTest {
  private final StringWriter err = new StringWriter();

  @TempDir Path folder;

  private int run(Object tool, String... args) {
    CommandLine line = CommandLines.line(tool);
    line.setOut(new PrintWriter(new StringWriter()));
    line.setErr(new PrintWriter(err, true));
    return line.execute(args);
  }

  private void assertRefused(String... parts) {
    assertThat(err.toString()).contains(parts).doesNotContain("option option", "CONSTANT", "java");
    assertThat(err.toString().lines()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"--view", "--trace", "--out", "--weights", "--data"})
  @DisplayName("An empty text, as of a variable that is not set, is not the folder of the user")
  void path_empty_isRefusedByTheOptionsName(String option) {
    assertThat(run(new Bench(), "simulate", option + "=")).isEqualTo(2);

    assertRefused(option);
    assertThat(err.toString()).contains("name one, or leave it out");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "-Ox | option '-O' is STRATEGY.NAME=VALUE, not 'x'",
        "--service=often | expected constant or exponential, not 'often'",
        "--edge-speed=2 | --edge-speed is in (0, 1], not [2.0]",
        "--edge-speed=1e-300 | a speed factor is at least 2.5E-7, not 1.0E-300",
        "--link=1e400Mbit | rates are 0.001 to 1.0E15 bytes/s, not Infinity",
        "--link=1e-300Mbit | rates are 0.001 to 1.0E15 bytes/s",
        "--link=1Mbit@1e300s | a round trip takes at most 3600.0 s",
        "--arrivals=poisson 1e-300 | tasks arrive at 1.0E-9 to 1.0E9 per second",
        "--arrivals=bernoulli 0.5 per 1e300s | tasks arrive at 1.0E-9 to 1.0E9 per second"
      })
  void option_valueOutOfRange_isRefusedInWordsOfTheCommandLine(String option, String expected) {
    assertThat(run(new Bench(), "simulate", "--strategies=cloud-only", option)).isEqualTo(2);

    assertRefused(expected);
  }

  @Test
  @DisplayName("A remedy is printed only where the command has its option")
  void cloudLoadOfTraining_tooHigh_doesNotNameTheQueueOfSimulations() {
    assertThat(
            run(
                new TwinTool(),
                "train",
                "--view=" + view(Map.of()),
                "--out=" + folder.resolve("c"),
                "--cloud-load=50/s of 20ms"))
        .isEqualTo(2);

    assertRefused("lower it below 1");
    assertThat(err.toString()).doesNotContain("--queue");
  }

  @Test
  void view_ofAnotherNetwork_saysThatItsTimesAreNotUsed() {
    Path view = view(Map.of("somewhere-else", 0.01));

    assertThat(
            run(
                new Bench(),
                "simulate",
                "--view=" + view,
                "--out=" + folder.resolve("out"),
                "--strategies=cloud-only",
                "--tasks=20"))
        .isZero();

    assertThat(err.toString()).contains("has no times of", "they are estimated from the speed");
  }

  private Path view(Map<String, Double> times) {
    SystemView fake = FakeNetworks.view();
    List<NodeView> nodes = new ArrayList<>();
    fake.nodes().forEach(n -> nodes.add(n.withTimes(n.flopsPerSecond(), times)));
    Path file = folder.resolve("view.json");
    int edges = fake.links().size();
    SystemViewFile.write(
        file,
        new MeasuredView(
            new SystemView(fake.batch(), nodes, fake.links()),
            new Emulation(
                IntStream.rangeClosed(0, edges).mapToObj(i -> 1.0).toList(),
                IntStream.range(0, edges).mapToObj(i -> LinkSpec.UNSHAPED).toList())),
        "now",
        "a test");
    return file;
  }
}
