package io.offloadlab.bench.report;

import io.offloadlab.bench.metric.ComponentRow;
import io.offloadlab.bench.metric.DecisionRow;
import io.offloadlab.bench.metric.DeviceRow;
import io.offloadlab.bench.metric.Sheet;
import io.offloadlab.bench.metric.TaskFact;
import io.offloadlab.bench.metric.TextTable;
import io.offloadlab.strategy.NodeId;
import io.offloadlab.strategy.SystemView;
import io.offloadlab.view.SystemViewFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The tables of a run that say more of its tasks than their means.
 *
 * @param tables in the order in which they are shown
 */
public record Breakdown(List<Part> tables) {
  /**
   * One of them.
   *
   * @param name in the names of files
   * @param title above it
   * @param note what it shows
   * @param sheet its rows
   */
  public record Part(String name, String title, String note, Sheet<?> sheet) {
    private static final int MOST_SHOWN = 24;

    /** How many there are. */
    public int rows() {
      return sheet.rows().size();
    }

    /** Whether it is no burden to see all of it. */
    public boolean brief() {
      return rows() <= MOST_SHOWN;
    }

    /** As people are shown it. */
    public TextTable text() {
      return sheet.text();
    }
  }

  /** Copies the list. */
  public Breakdown {
    tables = List.copyOf(tables);
  }

  /**
   * Of a run that has just ended.
   *
   * @param times what components took
   */
  static Breakdown of(List<StrategyResult> results, SystemView times) {
    return of(
        results.stream().flatMap(r -> TaskFact.of(r.strategy(), r.records()).stream()).toList(),
        seconds(times));
  }

  /** Of an earlier run. */
  public static Breakdown of(RunFiles run) {
    Path experienced = run.folder().resolve("experienced.json");
    Path times = Files.exists(experienced) ? experienced : run.view();
    return of(
        TaskFact.of(run.tasks()),
        Files.exists(times) ? seconds(SystemViewFile.read(times).view()) : Map.of());
  }

  private static Breakdown of(List<TaskFact> tasks, Map<String, Map<String, Double>> seconds) {
    return new Breakdown(
        List.of(
            new Part(
                "by-decision",
                "Decisions",
                "How often each exit, split, variant and node was chosen.",
                DecisionRow.of(tasks)),
            new Part("by-device", "Devices", "The tasks of each edge.", DeviceRow.of(tasks)),
            new Part(
                "by-component",
                "Components",
                "What ran where, and how long it takes there by itself; components that run together take less.",
                ComponentRow.of(tasks, seconds))));
  }

  private static Map<String, Map<String, Double>> seconds(SystemView times) {
    Map<String, Map<String, Double>> byNode = new HashMap<>();
    for (int i = 0; i < times.nodes().size(); i++) {
      byNode.put(
          (i == 0 ? NodeId.CLOUD : NodeId.edge(i)).toString(),
          times.nodes().get(i).componentSeconds());
    }
    return byNode;
  }
}
