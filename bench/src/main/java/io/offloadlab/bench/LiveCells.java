package io.offloadlab.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.offloadlab.bench.metric.Entry;
import io.offloadlab.bench.sweep.Cell;
import io.offloadlab.bench.sweep.CellFunction;
import io.offloadlab.failure.RunFailure;
import io.offloadlab.files.Reasons;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import picocli.CommandLine;

/**
 * Cells on live nodes, one after the other: each is a {@code bench compare} of one entry, whose
 * files stay in a folder of its own. Decisions come from the sweep's view, as in simulated cells.
 *
 * @param entries that cells name, by name
 * @param common words of the command that all cells share
 * @param view the file that a cell is decided from
 * @param folder takes the folders of the runs
 */
record LiveCells(
    Map<String, Entry> entries, List<String> common, Function<Cell, Path> view, Path folder)
    implements CellFunction {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  @Override
  public Map<String, Object> apply(Cell cell) {
    Path run = folder.resolve(cell.key().replaceAll("[^A-Za-z0-9.=_-]+", "_"));
    StringWriter said = new StringWriter();
    CommandLine compare = CommandLines.line(new Bench());
    compare.setOut(new PrintWriter(new StringWriter()));
    compare.setErr(new PrintWriter(said));
    int code = compare.execute(words(cell, run).toArray(String[]::new));
    if (code != CommandLines.DONE) {
      String last = said.toString().lines().reduce("it ended without a word", (a, b) -> b);
      throw new RunFailure(last.replaceFirst("^bench: ", ""));
    }
    return values(run.resolve("run.json"));
  }

  private List<String> words(Cell cell, Path run) {
    List<String> words = new ArrayList<>(List.of("compare"));
    words.addAll(common);
    words.addAll(List.of("--strategies", written(entries.get(cell.strategy()))));
    add(words, "--acc", cell.accuracy());
    add(words, "--batch", cell.batch());
    add(words, "--link", cell.link());
    add(words, "--edge-speed", cell.edgeSpeed());
    add(words, "--edges", cell.edges());
    add(words, "--seed", cell.seed());
    words.addAll(List.of("--view", view.apply(cell).toString()));
    words.addAll(List.of("--out", run.toString(), "--overwrite"));
    return words;
  }

  private static void add(List<String> words, String option, Object value) {
    if (value != null) {
      words.addAll(List.of(option, value.toString()));
    }
  }

  /** As the command line takes it. */
  private static String written(Entry e) {
    String prefix = e.strategy() + ".";
    String options =
        e.settings().entrySet().stream()
            .map(s -> s.getKey().substring(prefix.length()) + "=" + s.getValue())
            .collect(Collectors.joining(","));
    String named = e.name().equals(e.strategy()) ? "" : e.name() + "=";
    return named + e.strategy() + (options.isEmpty() ? "" : "[" + options + "]");
  }

  private static Map<String, Object> values(Path file) {
    try {
      JsonNode run = JSON.readTree(file.toFile());
      Map<String, Object> values = new LinkedHashMap<>();
      values.put("edges", run.at("/scenario/links").size());
      run.at("/strategies/0/summary")
          .properties()
          .forEach(
              f -> values.put(f.getKey(), JSON.convertValue(number(f.getValue()), Object.class)));
      return values;
    } catch (IOException e) {
      throw new RunFailure("'%s' cannot be read: %s".formatted(file, Reasons.of(e)), e);
    }
  }

  /** What is no number is none. */
  private static JsonNode number(JsonNode value) {
    return value.isTextual() && value.asText().equals("NaN")
        ? JSON.getNodeFactory().nullNode()
        : value;
  }
}
