package io.offloadlab.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.offloadlab.scenario.LinkText;
import io.offloadlab.strategy.SystemView;
import io.offloadlab.strategy.SystemView.LinkView;
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
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** {@code bin/dt-assisted train}, from a view in a file, so that nothing is measured. */
class TwinToolTest {
  @TempDir Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @BeforeEach
  void view() {
    SystemView measured =
        new SystemView(
            1,
            List.of(
                new NodeView("cloud", 50e9, 4, 1L << 33, Map.of()),
                new NodeView("edge", 12e9, 1, 1L << 33, Map.of())),
            List.of(new LinkView(7e5, 7e5, 0.02)));
    SystemViewFile.write(
        folder.resolve("view.json"),
        new MeasuredView(
            measured, new Emulation(List.of(1.0, 0.25), List.of(LinkText.parse("4g")))),
        "now",
        "a test");
  }

  private int train(String... more) {
    List<String> args = new ArrayList<>(List.of("train", "--view", in("view.json")));
    args.addAll(List.of("--out", in("dt.json"), "--scenario", "iot-4g", "--edges", "1"));
    args.addAll(List.of(more));
    CommandLine line = CommandLines.line(new TwinTool());
    line.setOut(new PrintWriter(out, true));
    line.setErr(new PrintWriter(err, true));
    return line.execute(args.toArray(String[]::new));
  }

  private String in(String name) {
    return folder.resolve(name).toString();
  }

  @Test
  void train_again_goesOnFromTheCheckpointAndSaysSo() {
    int first = train("--tasks", "150", "--arrivals", "poisson 30", "--cloud-load", "15/s of 20ms");
    int second = train("--tasks", "200", "--arrivals", "poisson 30");

    assertThat(err.toString()).isEmpty();
    assertThat(first + second).isZero();
    assertThat(folder.resolve("dt.json")).isNotEmptyFile();
    assertThat(out.toString())
        .contains("from 150 tasks, 0 of them before", "from 200 tasks, 150 of them before")
        .contains("one-shot", "untrained", "trained", "utility");
  }

  @Test
  void train_checkpointOfOtherSettings_failsInOneLineThatNamesBoth() {
    train("--tasks", "70", "--arrivals", "poisson 30");
    int code = train("--arrivals", "poisson 30", "-O", "dt.hidden=[8, 8]");

    assertThat(code).isEqualTo(1);
    assertThat(err.toString().lines())
        .singleElement()
        .asString()
        .contains("dt.json", "hidden [32, 16], here [8, 8]");
  }

  @Test
  void train_arrivalsAboveCapacity_warns() {
    assertThat(train("--tasks", "70", "--arrivals", "poisson 500")).isZero();
    assertThat(err.toString()).contains("utilisation up to");
  }

  @Test
  void train_wrongUsage_isOneLineAndExitCodeTwo() {
    assertThat(train("--tasks", "0")).isEqualTo(2);
    assertThat(train("--cloud-load", "much")).isEqualTo(2);
    assertThat(train("--arrivals", "poisson -1")).isEqualTo(2);
    assertThat(train("-O", "dt.checkpoint=x")).isEqualTo(2);
    assertThat(train("-O", "dt.gama=1")).isEqualTo(2);
    assertThat(train("-O", "dt.alpha=-1")).isEqualTo(2);

    assertThat(err.toString().lines()).hasSize(6);
    assertThat(err.toString())
        .contains("--tasks is at least 1", "'much'", "positive", "--out")
        .contains("unknown option 'dt.gama' (did you mean dt.beta?)")
        .contains("dt.alpha is '-1': it must be a number 0 or more");
  }

  @Test
  void train_whatCannotBeRead_isOneLineAndExitCodeOne() {
    assertThat(train("--view", in("none.json"), "--acc", "0")).isNotZero();
    assertThat(train("--acc", "0.99")).isEqualTo(1);

    assertThat(err.toString().lines()).hasSize(2);
    assertThat(err.toString()).contains("0.99");
  }
}
