package io.offloadlab.bench.sweep;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.offloadlab.bench.figure.ChartFile;
import io.offloadlab.bench.figure.Figure;
import io.offloadlab.failure.RunFailure;
import io.offloadlab.failure.UsageError;
import io.offloadlab.files.ClaimedFolder;
import io.offloadlab.files.Reasons;
import io.offloadlab.files.WholeFile;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The files of a sweep, which one process writes at a time and the next one goes on with. */
public final class SweepFolder implements AutoCloseable {
  private static final String SWEEP = "sweep.json";
  private static final String TABLE = "sweep.csv";
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private final ClaimedFolder folder;

  private SweepFolder(ClaimedFolder folder) {
    this.folder = folder;
  }

  /**
   * A folder that was named, or a new one.
   *
   * @param named null for a new one
   * @param fresh what a new one is called
   * @throws UsageError if another process writes to it
   */
  public static SweepFolder open(Path named, Path fresh) {
    return new SweepFolder(
        named != null ? ClaimedFolder.named("--out", named) : ClaimedFolder.fresh("--out", fresh));
  }

  /** Where it is. */
  public Path path() {
    return folder.path();
  }

  /** Its table. */
  public Path table() {
    return folder.path().resolve(TABLE);
  }

  /**
   * Says what every cell of this folder is computed from, or holds what it said before against it.
   *
   * @param facts a record: whatever the values of a cell depend on besides the cell
   * @param how a record of how they are computed, which may differ from time to time
   * @throws UsageError if the folder is a sweep of something else
   */
  public void begin(Object facts, Object how) {
    Path file = folder.path().resolve(SWEEP);
    JsonNode now = JSON.valueToTree(facts);
    try {
      if (Files.exists(file)) {
        JsonNode before = JSON.readTree(file.toFile()).path("cells_depend_on");
        now.properties()
            .forEach(
                f -> {
                  if (!f.getValue().equals(before.path(f.getKey()))) {
                    throw new UsageError(
                        "--out '%s' holds a sweep with another %s (%s, now %s): name another folder"
                            .formatted(
                                folder.path(),
                                f.getKey(),
                                shortened(before.path(f.getKey())),
                                shortened(f.getValue())));
                  }
                });
      }
      var both = JSON.createObjectNode();
      both.set("cells_depend_on", now);
      both.set("computed", JSON.valueToTree(how));
      WholeFile.write(file, JSON.writeValueAsBytes(both));
    } catch (IOException e) {
      throw new RunFailure("'%s' cannot be read or written: %s".formatted(file, Reasons.of(e)), e);
    }
  }

  private static String shortened(JsonNode value) {
    String text = value.toString();
    return text.length() <= 60 ? text : text.substring(0, 60) + "...";
  }

  /**
   * Writes the table of the cells that are finished; what accuracy costs as {@code curves.svg},
   * {@code .png} and {@code .csv} where that was varied, and a map of each strategy, such as {@code
   * map-legodnn.svg}, where two settings were.
   *
   * @throws RunFailure if it cannot be written
   */
  public void write(List<Cell> cells, CellJournal journal) {
    try {
      List<Figure> figures = new ArrayList<>(SweepMaps.of(cells, journal.done()));
      SweepCurves.of(cells, journal.done()).ifPresent(figures::add);
      for (Figure figure : figures) {
        for (ChartFile form : ChartFile.values()) {
          WholeFile.write(
              folder.path().resolve(figure.id() + "." + form.suffix()),
              out -> form.write(figure, out));
        }
      }
      WholeFile.write(
          table(),
          bytes -> {
            Writer out = new OutputStreamWriter(bytes, StandardCharsets.UTF_8);
            SweepTable.write(out, cells, journal.done());
            out.flush();
          });
    } catch (IOException e) {
      throw new RunFailure("'%s' cannot be written: %s".formatted(table(), Reasons.of(e)), e);
    }
  }

  @Override
  public void close() {
    folder.close();
  }
}
