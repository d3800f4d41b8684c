package io.offloadlab.ddpg;

import static org.assertj.core.api.Assertions.assertThat;

import io.offloadlab.strategy.SystemView;
import io.offloadlab.view.MeasuredView;
import io.offloadlab.view.SystemViewFile;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class TrainCommandTest {
  @TempDir Path folder;
  private Path view;

  @BeforeEach
  void writeView() {
    SystemView.NodeView cloud = new SystemView.NodeView("cloud", 4e10, 2, 1L << 33, Map.of());
    SystemView.NodeView edge = new SystemView.NodeView("edge", 1e10, 2, 1L << 33, Map.of());
    SystemView.LinkView link = new SystemView.LinkView(1e6, 1e6, 0.01);
    view = folder.resolve("view.json");
    SystemView measured = new SystemView(1, List.of(cloud, edge, edge), List.of(link, link));
    SystemViewFile.write(
        view, new MeasuredView(measured, Optional.empty()), "2026-01-01T00:00:00Z", "test");
  }

  @Test
  void train_leavesCheckpointsAndCurves_andSaysHowFarFromTheBestItIs() {
    String out =
        run("--acc", "0.922", "--checkpoint", folder + "/c", "--log", folder + "/l", "--seed", "3");

    assertThat(out).contains("learned  IPLA").contains("best     IPLA").contains("gap");
    assertThat(folder.resolve("c/exit-7_exit-7.safetensors")).exists();
    assertThat(folder.resolve("l/exit-7_exit-7/training.csv")).exists();
  }

  @Test
  void train_badInput_isOneClearLine() {
    assertThat(run("--acc", "0.9", "--source", "moon")).contains("--source is 'cloud' or 'edge'");
    assertThat(run("--acc", "9")).contains("--acc is in 0..1");
    assertThat(run("--acc", "0.99")).contains("no tuple of exits reaches accuracy 0.9900");
    view = folder.resolve("missing.json");
    assertThat(run("--acc", "0.9")).contains("missing.json");
  }

  private String run(String... words) {
    StringWriter text = new StringWriter();
    CommandLine line = new CommandLine(new TrainCommand());
    line.setOut(new PrintWriter(text));
    line.setExecutionExceptionHandler(
        (e, command, parsed) -> {
          text.write(e.getMessage());
          return 1;
        });
    String[] all = new String[words.length + 2];
    all[0] = "--view";
    all[1] = view.toString();
    System.arraycopy(words, 0, all, 2, words.length);
    line.execute(all);
    return text.toString();
  }
}
