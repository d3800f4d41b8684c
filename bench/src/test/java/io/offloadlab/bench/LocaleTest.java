package io.offloadlab.bench;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.offloadlab.bench.run.FakeNetworks;
import io.offloadlab.strategy.LinkSpec;
import io.offloadlab.view.Emulation;
import io.offloadlab.view.MeasuredView;
import io.offloadlab.view.SystemViewFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What the tools write, where decimals have commas, letters other cases and digits other forms. */
class LocaleTest {
  private static final List<String> PLACES =
      List.of("de-DE", "tr-TR", "ar-EG-u-nu-arab", "hi-IN-u-nu-deva", "th-TH-u-nu-thai");

  private final Locale before = Locale.getDefault();

  @TempDir Path folder;

  @AfterEach
  void back() {
    Locale.setDefault(before);
  }

  private String run(Object tool, String... args) {
    StringWriter out = new StringWriter();
    CommandLine line = CommandLines.line(tool);
    line.setOut(new PrintWriter(out, true));
    assertThat(line.execute(args)).isZero();
    return out.toString();
  }

  private Map<String, byte[]> files(Path of) throws IOException {
    Map<String, byte[]> all = new TreeMap<>();
    try (var paths = Files.walk(of)) {
      for (Path p : paths.filter(Files::isRegularFile).toList()) {
        all.put(p.getFileName().toString(), Files.readAllBytes(p));
      }
    }
    return all;
  }

  private Map<String, byte[]> simulated(String place) throws IOException {
    Locale.setDefault(Locale.forLanguageTag(place));
    Path view = folder.resolve("view.json");
    SystemViewFile.write(
        view,
        new MeasuredView(
            FakeNetworks.view(),
            new Emulation(List.of(1.0, 1.0, 1.0), List.of(LinkSpec.UNSHAPED, LinkSpec.UNSHAPED))),
        "now",
        "a test");
    Path out = folder.resolve(place);
    String table =
        run(
            new Bench(),
            "simulate",
            "--view=" + view,
            "--out=" + out,
            "--scenario=iot-4g",
            "--tasks=300",
            "--acc=0.5",
            "--strategies=legodnn,dt,cloud-only,edge-only",
            "-Odt.checkpoint=" + out.resolveSibling(place + "-checkpoint").resolve("dt.json"));
    Map<String, byte[]> files = files(out);
    // These hold the time and place of the run, and how long deciding took.
    files.remove("run.json");
    files.remove("view.json");
    files.remove("report.html");
    files.put("head", table.lines().limit(1).collect(Collectors.joining()).getBytes(UTF_8));
    files.putAll(files(out.resolveSibling(place + "-checkpoint")));
    return files;
  }

  @Test
  @DisplayName("A simulation's tables and checkpoint are the same bytes everywhere")
  void simulate_everyPlace_writesTheSameBytes() throws IOException {
    Map<String, byte[]> reference = simulated("en-US");
    assertThat(reference)
        .containsKeys("summary.csv", "summary.md", "summary.tex", "tasks.csv", "dt.json");

    for (String place : PLACES) {
      assertThat(simulated(place)).as(place).containsExactlyEntriesOf(reference);
    }
  }

  private Map<String, byte[]> trained(String place) throws IOException {
    Locale.setDefault(Locale.forLanguageTag(place));
    Path out = folder.resolve("model-" + place);
    run(
        new BranchyNetTool(),
        "train",
        "--dataset=fashion-mnist-sample",
        "--width=4",
        "--preset=quick",
        "--epochs=1",
        "--limit=64",
        "--batch=32",
        "--threads=1",
        "--out=" + out);
    run(
        new LegoDnnTool(),
        "train",
        "--dataset=fashion-mnist-sample",
        "--backbone=" + out,
        "--blocks=0",
        "--epochs=0",
        "--limit=32",
        "--calibration=16",
        "--batch=16",
        "--threads=1");
    List<String> rows = Files.readAllLines(out.resolve("training.csv"));
    assertThat(rows.get(1).split(",", -1)).as(place).hasSameSizeAs(rows.get(0).split(",", -1));
    assertThat(rows.get(1).split(",", -1)[2]).as(place).matches("[0-9]+\\.[0-9]{3}");
    Map<String, byte[]> files = files(out);
    files.keySet().removeIf(f -> !f.endsWith(".safetensors"));
    return files;
  }

  @Test
  @Tag("slow")
  @DisplayName("Trained weights have the same names and bytes everywhere, and rows as many values")
  void train_everyPlace_writesTheSameBytes() throws IOException {
    Map<String, byte[]> reference = trained("en-US");
    assertThat(reference).containsKeys("backbone.safetensors", "blocks.safetensors");

    for (String place : List.of("de-DE", "ar-EG-u-nu-arab")) {
      assertThat(trained(place)).as(place).containsExactlyEntriesOf(reference);
    }
  }
}
