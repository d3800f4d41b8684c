package io.offloadlab.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command line's contract: exit codes, one-line errors, files. */
class BenchTest {
  @TempDir Path folder;

  private record Ended(int code, String out, String err) {}

  private static Ended bench(String... args) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    PrintStream stdout = System.out;
    PrintStream stderr = System.err;
    System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
    System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
    try {
      int code = CommandLines.run(new Bench(), args);
      return new Ended(
          code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    } finally {
      System.setOut(stdout);
      System.setErr(stderr);
    }
  }

  private static void assertUsageError(Ended ended, String... fragments) {
    assertThat(ended.code()).isEqualTo(2);
    assertThat(ended.err().strip().lines()).hasSize(1);
    assertThat(ended.err()).contains(fragments);
  }

  @Test
  void compare_unknownStrategy_exitsWith2AndNamesTheNearest() {
    assertUsageError(
        bench("compare", "--strategies", "legodn"), "'legodn'", "did you mean legodnn?");
  }

  @Test
  void compare_pinnedInOneProcess_isRefused() {
    Ended ended = bench("compare", "--in-process", "--pin");

    assertThat(ended.code()).isEqualTo(2);
    assertThat(ended.err()).contains("--pin").contains("--in-process").hasLineCount(1);
  }

  @Test
  void compare_unknownDataset_exitsWith2AndNamesTheNearest() {
    assertUsageError(bench("compare", "--dataset", "cifar11"), "'cifar11'", "cifar10");
  }

  @Test
  void compare_unknownModel_exitsWith2AndNamesTheNearest() {
    assertUsageError(bench("compare", "--model", "resnet81"), "'resnet81'", "resnet18");
  }

  @Test
  void compare_unknownLink_exitsWith2AndNamesTheNearest() {
    assertUsageError(bench("compare", "--link", "wify"), "'wify'", "did you mean wifi?");
  }

  @Test
  void compare_unknownFlag_exitsWith2AndNamesTheNearest() {
    assertUsageError(bench("compare", "--bacth", "1"), "--bacth", "--batch");
  }

  @Test
  void compare_accuracyThatIsNoFraction_exitsWith2() {
    assertUsageError(bench("compare", "--acc", "77"), "77");
  }

  @Test
  void compare_optionWithTwoNames_isNamedAsItWasTyped() {
    assertUsageError(bench("compare", "--acc", "much"), "'--acc'", "'much' is not a number");
    assertUsageError(bench("compare", "--acc-thres", "77"), "--acc-thres is in 0..1, not 77.0");
    assertThat(bench("compare", "--acc", "77").err()).doesNotContain("--acc-thres");
  }

  @Test
  void compare_pathThatCannotBe_isToldWithoutClassesOfJava() {
    assertUsageError(bench("compare", "--out", "a\0b"), "--out", "cannot convert 'a");
    assertThat(bench("compare", "--out", "a\0b").err()).doesNotContain("java.");
  }

  @Test
  void compare_viewThatIsNotThere_isFoundBeforeAnythingIsStarted() {
    assertUsageError(
        bench("compare", "--view", folder.resolve("none.json").toString()), "none.json");
  }

  @Test
  void cloud_hostNobodyKnows_isNamed() {
    Ended ended = bench("edge", "--ip", "nosuch.invalid", "--port", "1");

    assertThat(ended.code()).isEqualTo(1);
    assertThat(ended.err()).contains("'nosuch.invalid' of --ip is not known");
  }

  @Test
  void compare_zeroTasks_exitsWith2() {
    assertUsageError(bench("compare", "--tasks", "0"), "0");
  }

  @Test
  void compare_simulateWithACheckpoint_exitsWith2BeforeAnythingIsOverwritten() {
    assertUsageError(
        bench("compare", "--simulate", "-O", "dt.checkpoint=dt.json"),
        "--simulate",
        "dt.checkpoint");
  }

  @Test
  void compare_unknownOption_exitsWith2AndNamesTheNearest() {
    assertUsageError(
        bench("compare", "-O", "legodnn.ration=0.3"),
        "'legodnn.ration'",
        "did you mean legodnn.ratio?");
    assertUsageError(
        bench("simulate", "-O", "legodn.ratio=0.3"), "'legodn'", "did you mean legodnn?");
  }

  @Test
  void compare_valueThatAnOptionCannotHave_exitsWith2AndSaysWhatIsValid() {
    assertUsageError(
        bench("compare", "-O", "legodnn.objective=sise"), "'sise'", "did you mean size?");
    assertUsageError(
        bench("compare", "--strategies", "cloud-only", "-O", "ddpg.reoptimise-every=often"),
        "ddpg.reoptimise-every",
        "'often'",
        "a whole number 0 or more");
  }

  @Test
  void compare_list_namesEveryStrategy() {
    Ended ended = bench("compare", "--list");

    assertThat(ended.code()).isZero();
    assertThat(ended.out().lines()).hasSize(9).anyMatch(l -> l.startsWith("neurosurgeon "));
  }

  @Test
  void compare_listOfOne_explainsItsOptions() {
    Ended ended = bench("compare", "--list", "dt");

    assertThat(ended.code()).isZero();
    assertThat(ended.out())
        .contains("-O dt.alpha=VALUE", "a number 0 or more; default 1.0", "one joule")
        .contains("-O dt.preset=VALUE", "default, published");
    assertThat(bench("compare", "--list", "oracle").out()).contains("no options");
    assertUsageError(bench("compare", "--list", "orakel"), "did you mean oracle?");
  }

  @Test
  void noCommand_exitsWith2() {
    assertUsageError(bench(), "compare");
  }

  @Test
  void help_exitsWith0AndExplains() {
    Ended ended = bench("compare", "--help");

    assertThat(ended.code()).isZero();
    assertThat(ended.out()).contains("--acc", "--strategies", "--view");
  }

  @Test
  void compare_unreachableAccuracy_exitsWith1AndNamesTheBest() {
    Ended ended = bench("compare", "--in-process", "--acc", "0.999", "--strategies", "legodnn");

    assertThat(ended.code()).isEqualTo(1);
    assertThat(ended.err().strip().lines()).hasSize(1);
    assertThat(ended.err()).contains("0.999").contains("best reachable is 0.9228");
  }

  @Test
  void compare_dataFolderWithoutTheImages_exitsWith1NamingIt() {
    Ended ended =
        bench(
            "compare",
            "--in-process",
            "--data",
            folder.toString(),
            "--dataset",
            "cifar10",
            "--acc",
            "0.5");

    assertThat(ended.code()).isEqualTo(1);
    assertThat(ended.err()).contains(folder.toString()).contains("test_batch.bin");
  }

  @Test
  @DisplayName("A short run in one process writes its files and prints the strategies side by side")
  void compare_inProcess_endsWithTableAndFiles() throws IOException {
    Path out = folder.resolve("out");

    Ended ended =
        bench(
            "compare",
            "--in-process",
            "--dataset",
            "cifar10",
            "--offline",
            "--tasks",
            "4",
            "--acc",
            "0.5",
            "--strategies",
            "legodnn,dt,cloud-only",
            "--simulate",
            "--out",
            out.toString());

    assertThat(ended.err().lines().filter(l -> !l.contains(" done, about ")).count())
        .isLessThanOrEqualTo(1);
    assertThat(ended.code()).isZero();
    assertThat(ended.out())
        .contains("legodnn", "cloud-only", "vs legodnn", "simulated", "dt: 4 tasks");
    assertThat(List.of("summary.csv", "tasks.csv", "run.json", "report.html", "validation.csv"))
        .allSatisfy(f -> assertThat(Files.size(out.resolve(f))).isPositive());
  }
}
