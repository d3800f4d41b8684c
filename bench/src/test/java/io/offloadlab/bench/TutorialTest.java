package io.offloadlab.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.offloadlab.models.ModelDirectory;
import io.offloadlab.models.ModelShelf;
import io.offloadlab.models.NetworkCard;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The commands of {@code docs/tutorial.md}, and those for VGG-16 in {@code docs/training.md}, as
 * they stand there, with smaller numbers.
 */
class TutorialTest {
  private static final String COMMAND = "    bin/";

  /** Values of options that take long; all others are the tutorial's. */
  private static final Map<String, String> SHORTER =
      Map.of(
          "--epochs", "1",
          "--limit", "96",
          "--width", "8",
          "--calibration", "16",
          "--samples", "40",
          "--combinations", "10",
          "--tasks", "4",
          "--acc", "0");

  @TempDir Path folder;
  private String home;

  @BeforeEach
  void elsewhere() {
    home = System.getProperty(ModelShelf.HOME);
    System.setProperty(ModelShelf.HOME, folder.toString());
  }

  @AfterEach
  void back() {
    System.setProperty(ModelShelf.HOME, home);
  }

  @Test
  @Tag("slow")
  @DisplayName("the tutorial's four steps lead from images to a table, for its second network too")
  void tutorial_everyCommandShortened_endsWithAComparison() throws IOException {
    List<String> commands = commands(Files.readString(Path.of(home, "docs", "tutorial.md")));

    List<String> run = new ArrayList<>();
    for (String command : commands) {
      if (command.contains("fashion-mnist-sample")) {
        assertThat(run(command)).as(command).isZero();
        run.add(command.substring(0, command.indexOf(" --")));
      }
    }

    assertThat(run)
        .containsSubsequence(
            "branchynet train", "legodnn train", "legodnn profile", "bench compare");
    Path table = folder.resolve("out").resolve("summary.csv");
    assertThat(Files.readAllLines(table))
        .anyMatch(row -> row.startsWith("legodnn,1,0.0,4,") && row.contains("measured"));
  }

  @Test
  @Tag("slow")
  @DisplayName(
      "VGG-16 goes through training, detection, profile and comparison by its own commands")
  void training_commandsForVgg16Shortened_endWithAComparison() throws IOException {
    String page = Files.readString(Path.of(home, "docs", "training.md"));
    String section = page.substring(page.indexOf("### VGG-16"));
    List<String> commands = commands(section);

    for (String command : commands) {
      assertThat(run(command)).as(command).isZero();
    }

    assertThat(commands).hasSize(4);
    Path model = folder.resolve("models").resolve("fashion-mnist-sample-vgg16");
    NetworkCard card = new ModelDirectory("fashion-mnist-sample", model).card();
    assertThat(card.family()).isEqualTo("vgg16");
    assertThat(card.earlyExits()).containsExactly("exit-3", "exit-5");
    assertThat(new ModelDirectory("fashion-mnist-sample", model).profile().blocks()).hasSize(6);
    assertThat(Files.readAllLines(folder.resolve("out").resolve("summary.csv")))
        .anyMatch(row -> row.startsWith("legodnn,1,0.0,4,") && row.contains("measured"));
  }

  private int run(String command) {
    List<String> words = new ArrayList<>(Arrays.asList(command.split(" +")));
    for (int i = 2; i < words.size(); i++) {
      words.set(i, SHORTER.getOrDefault(words.get(i - 1), words.get(i)));
      words.set(i, words.get(i).replaceFirst("^models/", folder + "/models/"));
    }
    String tool = words.remove(0);
    if (tool.equals("bench")) {
      words.addAll(List.of("--in-process", "--strategies=legodnn,cloud-only"));
      words.add("--out=" + folder.resolve("out"));
      words.add("--overwrite");
    }
    Object picked =
        switch (tool) {
          case "bench" -> new Bench();
          case "branchynet" -> new BranchyNetTool();
          case "legodnn" -> new LegoDnnTool();
          default -> throw new IllegalArgumentException("no tool " + tool);
        };
    return CommandLines.run(picked, words.toArray(String[]::new));
  }

  /** Commands of a page, each on one line, without {@code bin/}. */
  private static List<String> commands(String page) {
    return page.replaceAll("\\\\\n +", "")
        .lines()
        .filter(l -> l.startsWith(COMMAND))
        .map(l -> l.substring(COMMAND.length()))
        .toList();
  }
}
