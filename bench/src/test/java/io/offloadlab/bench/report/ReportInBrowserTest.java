package io.offloadlab.bench.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The report as a browser shows it; where there is no Chromium, nothing is said. */
@Tag("slow")
class ReportInBrowserTest {
  private static final long PATIENCE_SECONDS = 120;

  /** Shows the tooltip of every chart and says what is in it. */
  private static final String TIPS =
      """
      <script>
      for (const div of document.querySelectorAll(".chart")) {
        const chart = echarts.getInstanceByDom(div);
        chart.dispatchAction({ type: "showTip", seriesIndex: 0, dataIndex: 0 });
        const tip = [...div.children].map(c => c.textContent).join(" ");
        div.dataset.tip = tip.includes("legodnn") ? "shown" : "missing: " + tip;
      }
      </script>
      """;

  @TempDir Path folder;

  private Path chromium;

  @BeforeEach
  void browser() {
    Optional<Path> found =
        Stream.of(System.getenv().getOrDefault("PATH", "").split(":"))
            .flatMap(
                d ->
                    Stream.of("chromium", "chromium-browser", "google-chrome")
                        .map(Path.of(d)::resolve))
            .filter(Files::isExecutable)
            .findFirst();
    assumeTrue(found.isPresent(), "there is no Chromium here");
    chromium = found.orElseThrow();
  }

  private String shown(Path page, Path console) throws IOException, InterruptedException {
    Path dom = folder.resolve("dom.html");
    Process process =
        new ProcessBuilder(
                List.of(
                    chromium.toString(),
                    "--headless=new",
                    "--no-sandbox",
                    "--disable-gpu",
                    "--enable-logging=stderr",
                    "--user-data-dir=" + folder.resolve("profile"),
                    "--virtual-time-budget=5000",
                    "--dump-dom",
                    page.toUri().toString()))
            .redirectOutput(dom.toFile())
            .redirectError(console.toFile())
            .start();
    try {
      assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
    } finally {
      process.destroyForcibly();
    }
    return Files.readString(dom);
  }

  @Test
  @DisplayName("every chart is drawn, every tooltip comes, and the console is silent")
  void report_inABrowser_drawsEveryChart() throws IOException, InterruptedException {
    List<StrategyResult> results =
        List.of(
            TestResults.withLatencies("legodnn", 10, 12, 9),
            TestResults.withLatencies("other", 15, 14, 16));
    new RunReport(folder)
        .write(RunReportTest.RUN, "legodnn", results, RunReportTest.RUN.view(), List.of());
    Path report = folder.resolve("report.html");
    // The chart library speaks of bodies, too.
    String page = Files.readString(report);
    int end = page.lastIndexOf("</body>");
    Files.writeString(report, page.substring(0, end) + TIPS + page.substring(end));
    Path console = folder.resolve("console.txt");

    String dom = shown(report, console);

    assertThat(dom).contains("data-figures=\"6\"");
    assertThat(dom.split("<svg", -1)).hasSizeGreaterThan(6);
    assertThat(dom.split("data-tip=\"shown\"", -1)).hasSize(1 + 6);
    assertThat(Files.readAllLines(console)).noneMatch(line -> line.contains("CONSOLE"));
  }

  @Test
  void report_always_refersToNothingOutside() throws IOException {
    new RunReport(folder)
        .write(
            RunReportTest.RUN,
            "legodnn",
            List.of(TestResults.withLatencies("legodnn", 10)),
            RunReportTest.RUN.view(),
            List.of());

    assertThat(folder.resolve("report.html"))
        .content()
        .doesNotContain("src=\"http", "href=\"http", "@import", "url(http");
  }
}
