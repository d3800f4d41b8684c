package io.offloadlab.bench.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.offloadlab.bench.figure.Figure;
import io.offloadlab.bench.figure.Figure.Tiles;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class SweepMapsTest {
  private final List<Cell> cells = new ArrayList<>();
  private final Map<String, CellResult> done = new LinkedHashMap<>();

  private void cell(String strategy, double accuracy, String link, long seed, double ms) {
    Cell cell = new Cell(strategy, accuracy, null, link, null, null, seed);
    cells.add(cell);
    if (ms > 0) {
      done.put(cell.key(), new CellResult(cell.key(), Map.of("latency_mean_ms", ms), null, 0));
    }
  }

  @Test
  @DisplayName("a field is the geometric mean over seeds of the latency relative to the fastest")
  void of_twoSettingsAndSeeds_ratioToTheFastestOfTheSameCell() {
    for (double accuracy : List.of(.7, .75, .8)) {
      for (String link : List.of("wifi", "4g")) {
        cell("a", accuracy, link, 1, 10);
        cell("a", accuracy, link, 2, 10);
        cell("b", accuracy, link, 1, link.equals("wifi") ? 20 : 5);
        cell("b", accuracy, link, 2, link.equals("wifi") ? 80 : 5);
      }
    }

    List<Figure> maps = SweepMaps.of(cells, done);

    assertThat(maps).extracting(Figure::id).containsExactly("map-a", "map-b");
    Tiles a = (Tiles) maps.get(0).series().get(0);
    Tiles b = (Tiles) maps.get(1).series().get(0);
    assertThat(a.across()).containsExactly("0.7", "0.75", "0.8");
    assertThat(a.up()).containsExactly("wifi", "4g");
    assertThat(a.values()[0]).containsOnly(1);
    assertThat(a.values()[1]).containsOnly(new double[] {2}, within(1e-9));
    assertThat(b.values()[0]).containsOnly(new double[] {4}, within(1e-9));
    assertThat(b.values()[1]).containsOnly(1);
  }

  @Test
  void of_strategyWithoutAPlan_emptyFieldAndOthersAreTheFastest() {
    cell("a", .7, "wifi", 1, 10);
    cell("a", .7, "4g", 1, 10);
    cell("a", .9, "wifi", 1, 0);
    cell("a", .9, "4g", 1, 10);
    cell("b", .7, "wifi", 1, 20);
    cell("b", .7, "4g", 1, 20);
    cell("b", .9, "wifi", 1, 20);
    cell("b", .9, "4g", 1, 20);

    List<Figure> maps = SweepMaps.of(cells, done);

    assertThat(((Tiles) maps.get(0).series().get(0)).values()[0][1]).isNaN();
    assertThat(((Tiles) maps.get(1).series().get(0)).values()[0][1]).isEqualTo(1);
  }

  @Test
  void of_oneSettingVaried_none() {
    cell("a", .7, "wifi", 1, 10);
    cell("b", .8, "wifi", 1, 20);

    assertThat(SweepMaps.of(cells, done)).isEmpty();
  }
}
