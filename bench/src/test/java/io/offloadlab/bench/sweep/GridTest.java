package io.offloadlab.bench.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.offloadlab.failure.UsageError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Axes as they are written, and the cells that they make. */
class GridTest {
  @TempDir Path folder;

  private Grid grid(String yaml) throws IOException {
    return Grid.read(Files.writeString(folder.resolve("grid.yaml"), yaml));
  }

  @Test
  @DisplayName("every combination is a cell, the strategies of one problem side by side")
  void cells_ofTwoAxes_everyCombination() throws IOException {
    Grid grid = grid("strategies: [a, b]\naccuracy: 0.70:0.74:0.02\nlink: [wifi, 4g]\n");

    assertThat(grid.cells())
        .extracting(Cell::key)
        .containsExactly(
            "a acc=0.7 link=wifi",
            "b acc=0.7 link=wifi",
            "a acc=0.72 link=wifi",
            "b acc=0.72 link=wifi",
            "a acc=0.74 link=wifi",
            "b acc=0.74 link=wifi",
            "a acc=0.7 link=4g",
            "b acc=0.7 link=4g",
            "a acc=0.72 link=4g",
            "b acc=0.72 link=4g",
            "a acc=0.74 link=4g",
            "b acc=0.74 link=4g");
  }

  @Test
  @DisplayName("steps are added in decimals: 0.73 is 0.73, and the last value is there")
  void cells_ofARangeInHundredths_exactValues() throws IOException {
    assertThat(grid("strategies: a\naccuracy: [0.70:0.76:0.01, 0.9]\n").cells())
        .extracting(Cell::accuracy)
        .containsExactly(.70, .71, .72, .73, .74, .75, .76, .9);
  }

  @Test
  void overriddenBy_anotherGrid_replacesItsAxesAlone() throws IOException {
    Grid typed = new Grid(List.of("c"), null, null, null, null, null, List.of("1:3:1"));

    assertThat(grid("strategies: [a, b]\nedges: 4\nseed: 9\n").overriddenBy(typed).cells())
        .extracting(Cell::key)
        .containsExactly("c edges=4 seed=1", "c edges=4 seed=2", "c edges=4 seed=3");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "strategies: a\\naccuracy: much          | accuracy 'much' is not understood",
        "strategies: a\\naccuracy: 0.7:0.8       | accuracy '0.7:0.8' is not understood",
        "strategies: a\\naccuracy: 0.8:0.7:0.1   | a last value not below the first",
        "strategies: a\\naccuracy: 0.7:0.8:0     | a positive step",
        "strategies: a\\naccuracy: 77            | accuracy is in 0..1, not 77",
        "strategies: a\\naccuracy: 0:1:0.000001  | has more than 100000 values",
        "strategies: a\\nbatch: 1.5              | expected whole numbers, not 1.5",
        "strategies: a\\nbatch: 0                | batch is at least 1, not 0",
        "strategies: a\\nedges: [2, 2]           | edges has 2 twice",
        "strategies: a\\nedge-speed: 2           | edge-speed is in (0, 1], not 2",
        "strategies: a\\nlink: []                | link has no value",
        "strategies: [a, a]                      | strategies has a twice",
        "accuracy: 0.7                           | a sweep has at least one strategy",
        "strategies: a\\nacuracy: 0.7            | acuracy",
        "strategies: a\\nseed: 1:90000:1\\nedges: 1:100:1 | the grid has 9000000 cells",
      })
  void cells_ofBadInput_oneLineThatNamesTheValue(String yaml, String message) {
    assertThatThrownBy(() -> grid(yaml.replace("\\n", "\n")).cells())
        .isInstanceOf(UsageError.class)
        .hasMessageContaining(message);
  }
}
